import { randomUUID } from 'node:crypto';
import { api } from '@clawster/contract/api';
import { allRights } from '@clawster/domain/delegation/rights';
import type { SignedIn } from '../caller.ts';
import { command } from '../command.ts';
import type { Origin } from '../team/team-call.ts';
import { readDelegation } from './get-delegation.ts';
import { requestDelegation } from './request-delegation.ts';
import { askedTeam } from './team.queries.ts';

/** Asks a bot of a team for something in one's own name; the team's rules decide as they do for a bot. */
export const createDelegation = command(api.delegations.create, async (context, { teamId, toBotId, ...ask }) => {
  const { tx, caller } = context;
  const { capability, taskType, minutes, title, text } = ask;
  const { id } = await requestDelegation(context, {
    workspaceId: caller.workspaceId,
    team: await askedTeam(tx, teamId),
    from: { kind: 'person', ...whoOf(caller) },
    ...(toBotId === undefined ? {} : { to: toBotId }),
    ...(capability === undefined ? {} : { capability }),
    ...(taskType === undefined ? {} : { taskType }),
    ...(minutes === undefined ? {} : { minutes }),
    title,
    text,
    origin: originOf(caller),
    traceId: `task:${randomUUID()}`,
  });
  return readDelegation(tx, caller, id);
});

function whoOf({ kind, id, name, onBehalfOf }: SignedIn): { name: string; personId?: string } {
  const person = kind === 'person' ? id : onBehalfOf?.kind === 'person' ? onBehalfOf.id : undefined;
  return person === undefined ? { name } : { name, personId: person };
}

/** Whoever may direct a team may ask for all that it does. */
function originOf(caller: SignedIn): Origin {
  const { name, personId } = whoOf(caller);
  const rights = allRights;
  return {
    kind: 'person',
    channel: 'clawster',
    personName: name,
    rights,
    untrusted: false,
    ...(personId ? { personId } : {}),
  };
}
