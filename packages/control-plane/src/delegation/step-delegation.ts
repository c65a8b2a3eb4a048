import { type Happening, isOver, stepAfter } from '@clawster/domain/delegation/step';
import type { DelegationState } from '@clawster/contract/delegation';
import type { DB } from '@clawster/database/schema';
import { sql, type UpdateObject } from 'kysely';
import type { AskContext } from './ask.ts';
import { job } from './change-delegation.ts';
import { openChildren } from './delegation.queries.ts';
import type { DelegationRow } from './delegation-row.ts';
import { inSeconds } from './in-seconds.ts';
import { settleAsker } from './settle-asker.ts';
import { withdrawItem } from '../inbox/open-item.ts';

type Written = UpdateObject<DB, 'delegation', 'delegation'>;
/** What happened, why in a sentence, by whom; and what else is written of it with the step. */
export type Step = { happening: Happening; why: string; by: string; set?: Written };

/** How long until it is tried again, the second time twice as long. */
const retrySeconds = 5;
/** Working ones are looked at so often: what they cost, and whether they still go on. */
export const watchSeconds = 30;

/**
 * Takes a delegation one step further, as it was read: resolves with it as it is then, or with undefined where this is no step
 * from there, or another was taken meanwhile. With the last step all that hangs on it is done in the same transaction.
 */
export async function stepDelegation(
  context: AskContext,
  row: DelegationRow,
  { happening, why, by, set = {} }: Step,
): Promise<DelegationRow | undefined> {
  const to = stepAfter({ ...row, state: row.state as DelegationState }, happening);
  if (to === undefined) return undefined;
  const stepped = await context.tx
    .updateTable('delegation')
    .set({ ...following(row, to), ...set, state: to, reason: why, version: row.version + 1 })
    .where('id', '=', row.id)
    .where('version', '=', row.version)
    .where('state', '=', row.state)
    .returningAll()
    .executeTakeFirst();
  if (!stepped) return undefined;
  await context.record({
    type: 'delegation-phase-changed',
    subjectId: row.id,
    subjectName: row.title,
    detail: { teamId: row.teamId, from: row.state, to, why, by, attempt: stepped.attempt },
  });
  // Where it was decided in the inbox, its item says so itself.
  if (row.state === 'held' && (happening.kind === 'cancel' || by === job))
    await withdrawItem(context, { workspaceId: row.workspaceId, kind: 'delegation', subject: row.id }, why);
  if (isOver(to)) await whenOver(context, stepped);
  return stepped;
}

/** What belongs to a state, whatever led to it. */
function following(row: DelegationRow, to: DelegationState): Written {
  if (isOver(to)) {
    // A turn may run wherever it was given to.
    const isStopped = row.isAssigned && (to === 'cancelled' || to === 'expired');
    return { endedAt: sql<Date>`now()`, mustCancel: isStopped, dueAt: sql<Date>`now()` };
  }
  if (to === 'approved' && row.isAssigned)
    return { isAssigned: false, dueAt: inSeconds(retrySeconds * 2 ** (row.attempt - 1)) };
  if (to === 'approved') return { dueAt: sql<Date>`now()` };
  return { dueAt: inSeconds(watchSeconds), ...(to === 'working' ? { startedAt: sql<Date>`now()` } : {}) };
}

/** Nobody waits for what it was passed on as any more, and somebody may wait for what came of it. */
async function whenOver(context: AskContext, over: DelegationRow): Promise<void> {
  for (const child of await openChildren(context.tx, over.id))
    await stepDelegation(context, child, {
      happening: { kind: 'cancel' },
      why: 'What it was part of is over',
      by: 'delegation',
    });
  await settleAsker(context, over);
}
