import { Refusal } from '@clawster/domain/refusal';
import type { ToolContext } from '../team/team-call.ts';
import { lockDelegation } from './delegation.queries.ts';
import type { DelegationRow } from './delegation-row.ts';

/** A task that the calling bot gave away; others' are not told of. */
export async function taskGiven({ tx, caller }: ToolContext, id: string): Promise<DelegationRow> {
  const row = await lockDelegation(tx, id);
  if (!row || row.fromBotId !== caller.botId || row.teamId !== caller.teamId)
    throw new Refusal('refused', 'You gave no such task away');
  return row;
}

/** The task that the calling bot works at in this conversation. */
export async function taskWorkedAt({ tx, caller: { workingAt } }: ToolContext): Promise<DelegationRow> {
  const row = workingAt && (await lockDelegation(tx, workingAt.id));
  if (!row) throw new Refusal('refused', 'You work at no task in this conversation');
  return row;
}
