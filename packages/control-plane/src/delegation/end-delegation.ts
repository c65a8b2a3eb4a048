import type { DeliveryEnd } from '@clawster/link/team';
import type { Happening } from '@clawster/domain/delegation/step';
import { taskSession } from '@clawster/domain/delegation/session';
import { sql } from 'kysely';
import type { OpenLink } from '../link/open-link.ts';
import type { ControlPlane } from '../plane.ts';
import { isTainted } from '../team/session-origin.ts';
import { changeIfAny } from './change-if-any.ts';
import type { AskContext } from './ask.ts';
import { byBot, ownAttempt } from './begin-delegation.ts';
import type { DelegationRow } from './delegation-row.ts';
import { stepDelegation } from './step-delegation.ts';

/** An attempt has ended at its bot. Told twice, or after it was over, it changes nothing: a result counts once. */
export async function endDelegation(
  plane: ControlPlane,
  link: OpenLink,
  end: DeliveryEnd,
): Promise<Record<string, never>> {
  await changeIfAny(plane, byBot(link), async (context) => {
    const row = await ownAttempt(context.tx, link, end);
    if (!row || row.endedAt) return;
    if (end.outcome === 'done' && (await waitsForMore(context, row, end.text))) return;
    const session = taskSession(row.id);
    const untrusted = row.untrusted || (await isTainted(context.tx, { botId: link.botId, session })) === true;
    await stepDelegation(context, row, {
      happening: happeningOf(end),
      why: whyOf(end, link.botName),
      by: link.botName,
      set: { untrusted, ...(end.text ? { result: end.text } : {}) },
    });
  });
  return {};
}

/** A bot that gave parts away, or asked a person, ends its turn and is told of it by another: until that one has ended, it is not done. */
async function waitsForMore({ tx }: AskContext, { id, toBotId }: DelegationRow, text: string): Promise<boolean> {
  const { rows } =
    await sql`select where exists (select from delegation where parent_id = ${id}::uuid and ended_at is null)
    or exists (select from bot_tell where bot_id = ${toBotId}::uuid and session = ${taskSession(id)})
    or exists (select from inbox_item where bot_id = ${toBotId}::uuid and session = ${taskSession(id)} and kind = 'question'
      and (state = 'open' or (state <> 'withdrawn' and not is_settled)))`.execute(tx);
  if (rows.length === 0) return false;
  await tx.updateTable('delegation').set({ result: text }).where('id', '=', id).execute();
  return true;
}

function happeningOf({ outcome, isRetryable }: DeliveryEnd): Happening {
  if (outcome === 'done') return { kind: 'finish' };
  if (outcome === 'timeout') return { kind: 'expire' };
  return { kind: 'fail', isRetryable: outcome === 'failed' && isRetryable };
}

function whyOf({ outcome, failure }: DeliveryEnd, botName: string): string {
  if (outcome === 'done') return `${botName} has done it`;
  if (outcome === 'timeout') return 'It took longer than it may';
  if (outcome === 'aborted') return 'Its turn was ended from outside';
  return failure || `${botName} could not do it`;
}
