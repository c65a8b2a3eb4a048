import { Rights } from '@clawster/contract/team';
import { isNoMoreThan } from '@clawster/domain/delegation/rights';
import { Refusal } from '@clawster/domain/refusal';
import type { TeamCaller, ToolContext } from '../team/team-call.ts';
import { lockDelegation } from './delegation.queries.ts';
import type { DelegationRow } from './delegation-row.ts';

/** A task that the calling bot gave away, which it sees to from this conversation; others' are not told of. */
export async function taskGiven({ tx, caller }: ToolContext, id: string): Promise<DelegationRow> {
  const row = await lockDelegation(tx, id);
  if (!row || row.fromBotId !== caller.botId || row.teamId !== caller.teamId)
    throw new Refusal('refused', 'You gave no such task away');
  if (!isSeenTo(caller, row))
    throw new Refusal(
      'refused',
      'You gave this task away in another conversation: it is seen to there, or by a person',
    );
  return row;
}

type Given = { fromSession: string | null; rights: unknown };

/** Whether a bot sees to what it gave away from where it calls: where it gave it away, and where nobody from outside has a hand in what it says and it may ask for as much. */
export function isSeenTo({ session, origin }: TeamCaller, { fromSession, rights }: Given): boolean {
  if ((fromSession ?? undefined) === session) return true;
  return !origin.untrusted && isNoMoreThan(Rights.parse(rights), origin.rights);
}

/** The task that the calling bot works at in this conversation. */
export async function taskWorkedAt({ tx, caller: { workingAt } }: ToolContext): Promise<DelegationRow> {
  const row = workingAt && (await lockDelegation(tx, workingAt.id));
  if (!row) throw new Refusal('refused', 'You work at no task in this conversation');
  return row;
}
