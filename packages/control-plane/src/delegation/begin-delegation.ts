import { Refusal } from '@clawster/domain/refusal';
import { takenOver } from '../link/heard-link.ts';
import type { OpenLink } from '../link/open-link.ts';
import type { ControlPlane } from '../plane.ts';
import { changeIfAny } from './change-if-any.ts';
import type { Tx } from '../transaction.ts';
import { lockDelegation } from './delegation.queries.ts';
import type { DelegationRow } from './delegation-row.ts';
import { stepDelegation } from './step-delegation.ts';

/** Its bot has begun with an attempt. Told twice, or of an attempt that is over, it changes nothing. */
export async function beginDelegation(
  plane: ControlPlane,
  link: OpenLink,
  { id, attempt }: { id: string; attempt: number },
): Promise<Record<string, never>> {
  await changeIfAny(plane, byBot(link), async (context) => {
    const row = await ownAttempt(context.tx, link, { id, attempt });
    if (!row) return;
    const why = `${link.botName} works at it`;
    await stepDelegation(context, row, { happening: { kind: 'begin' }, why, by: link.botName });
  });
  return {};
}

/** A change that a bot's host tells of, or calls for. */
export function byBot({ botId, workspaceId }: Pick<OpenLink, 'botId' | 'workspaceId'>) {
  return { workspaceId, actor: { kind: 'bot' as const, id: botId } };
}

/** The delegation, where this bot's host speaks of the attempt it was given, and was not halted since; refuses one of another bot. */
export async function ownAttempt(
  tx: Tx,
  { botId, epoch }: OpenLink,
  { id, attempt }: { id: string; attempt: number },
): Promise<DelegationRow | undefined> {
  const row = await lockDelegation(tx, id);
  if (!row || row.toBotId !== botId || !(row.isAssigned || row.endedAt))
    throw new Refusal('not-found', 'There is no such task of this bot');
  if (row.epoch !== epoch) throw takenOver();
  return row.attempt === attempt && !row.isHalted ? row : undefined;
}
