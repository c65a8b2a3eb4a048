import { api } from '@clawster/contract/api';
import { Rights } from '@clawster/contract/team';
import { Refusal } from '@clawster/domain/refusal';
import { command } from '../command.ts';
import type { Origin, WorkingAt } from '../team/team-call.ts';
import type { AskedBy } from './ask.ts';
import { findDelegation, getLockedDelegation } from './delegation.queries.ts';
import { readDelegation } from './get-delegation.ts';
import type { DelegationRow } from './delegation-row.ts';
import { requestDelegation } from './request-delegation.ts';
import { askedTeam } from './team.queries.ts';

/** Asks once more for what failed or expired, by the rules of today: with no more rights than it had, and in the name it was asked in. */
export const retryDelegation = command(api.delegations.retry, async (context, { delegationId }) => {
  const { tx, caller } = context;
  const row = await getLockedDelegation(tx, delegationId);
  if (row.state !== 'failed' && row.state !== 'expired')
    throw new Refusal('refused', `Only what failed or expired is tried once more; this is ${row.state}`);
  if (row.fromKind === 'goal')
    throw new Refusal('refused', 'A goal asked for it: let its task begin anew, or ask the lead for another plan');
  const parent = row.parentId ? await findDelegation(tx, row.parentId) : undefined;
  const origin = row.origin as Origin;
  const { id } = await requestDelegation(context, {
    workspaceId: caller.workspaceId,
    team: await askedTeam(tx, row.teamId),
    from: fromOf(row),
    ...(row.capability ? { capability: row.capability } : { to: row.toBotId ?? '' }),
    ...(row.taskType ? { taskType: row.taskType } : {}),
    ...(row.goalId ? { goalId: row.goalId } : {}),
    // As deep in what it is part of as it was.
    ...(parent ? { parent: partOf(parent) } : {}),
    title: row.title,
    text: row.text,
    origin: { ...origin, rights: row.parentId ? Rights.parse(row.rights) : origin.rights, untrusted: row.untrusted },
    traceId: row.traceId,
  });
  return readDelegation(tx, caller, id);
});

function partOf({ id, rootId, traceId, hops, attempt, deadlineAt, goalId }: DelegationRow): WorkingAt {
  return { id, rootId, traceId, hops, attempt, deadlineAt, ...(goalId ? { goalId } : {}) };
}

function fromOf({ fromKind, fromBotId, fromName: name, fromSession, origin }: DelegationRow): AskedBy {
  const session = fromSession ? { session: fromSession } : {};
  if (fromKind === 'bot' && fromBotId) return { kind: 'bot', botId: fromBotId, name, ...session };
  const { personId } = origin as Origin;
  return { kind: 'person', name, ...(personId ? { personId } : {}) };
}
