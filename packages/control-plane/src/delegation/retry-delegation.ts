import { api } from '@clawster/contract/api';
import { Rights } from '@clawster/contract/team';
import { Refusal } from '@clawster/domain/refusal';
import { command } from '../command.ts';
import type { Origin } from '../team/team-call.ts';
import type { AskedBy } from './ask.ts';
import { getLockedDelegation } from './delegation.queries.ts';
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
  const origin = row.origin as Origin;
  const { id } = await requestDelegation(context, {
    workspaceId: caller.workspaceId,
    team: await askedTeam(tx, row.teamId),
    from: fromOf(row),
    ...(row.capability ? { capability: row.capability } : { to: row.toBotId ?? '' }),
    ...(row.taskType ? { taskType: row.taskType } : {}),
    ...(row.taskId ? { taskId: row.taskId } : {}),
    ...(row.goalId ? { goalId: row.goalId } : {}),
    title: row.title,
    text: row.text,
    origin: { ...origin, rights: row.parentId ? Rights.parse(row.rights) : origin.rights, untrusted: row.untrusted },
    traceId: row.traceId,
  });
  return readDelegation(tx, caller, id);
});

function fromOf({ fromKind, fromBotId, fromName: name, fromSession, origin }: DelegationRow): AskedBy {
  const session = fromSession ? { session: fromSession } : {};
  if (fromKind === 'bot' && fromBotId) return { kind: 'bot', botId: fromBotId, name, ...session };
  if (fromKind === 'goal') return { kind: 'goal', name, ...session, ...(fromBotId ? { botId: fromBotId } : {}) };
  const { personId } = origin as Origin;
  return { kind: 'person', name, ...(personId ? { personId } : {}) };
}
