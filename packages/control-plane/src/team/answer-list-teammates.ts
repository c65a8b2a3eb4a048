import { overStates } from '@clawster/contract/delegation';
import { isSeenTo } from '../delegation/own-task.ts';
import type { ToolAnswer, TeamCaller } from './team-call.ts';
import type { Tx } from '../transaction.ts';
import { readMembers } from './team.queries.ts';

/** Who is in the team, what each can be asked for and who is busy; and what the caller gave away and waits for. */
export const answerListTeammates: ToolAnswer<'list_teammates'> = async ({ tx, caller }) => {
  const members = (await readMembers(tx, [caller.teamId])).filter(({ botId }) => botId !== caller.botId);
  const given = await givenAway(tx, caller);
  const parts = [
    members.length > 0 ? members.map(line).join('\n') : 'Nobody but you is in the team.',
    ...(given.length > 0 ? [`Tasks you gave away, which are not over:\n${given.join('\n')}`] : []),
  ];
  return { text: parts.join('\n\n') };
};

type Member = Awaited<ReturnType<typeof readMembers>>[number];

function line({ botName, isLead, title, capabilities, phase, working, waiting }: Member): string {
  const does = capabilities.length > 0 ? capabilities.join(', ') : 'what its name says';
  const what = [isLead ? 'the lead' : '', title].filter(Boolean).join(', ');
  const load = working + waiting === 0 ? 'free' : `works at ${working}, ${waiting} wait`;
  const isUp = phase === 'ready' || phase === 'degraded';
  return `- ${botName}${what ? ` (${what})` : ''}: ask for ${does}; ${isUp ? load : `not there now (${phase})`}`;
}

const givenMax = 30;

async function givenAway(tx: Tx, caller: TeamCaller): Promise<string[]> {
  const rows = await tx
    .selectFrom('delegation')
    .select(['id', 'title', 'toName', 'capability', 'state', 'fromSession', 'rights', 'untrusted'])
    .where('fromBotId', '=', caller.botId)
    .where('fromKind', '=', 'bot')
    .where('state', 'not in', [...overStates])
    .orderBy('requestedAt', 'desc')
    .limit(givenMax)
    .execute();
  return rows
    .filter((row) => isSeenTo(caller, row))
    .map(({ id, title, toName, capability, state, untrusted, fromSession }) => {
      // What people outside wrote stays in the conversation they wrote it in.
      const isTold = !untrusted || fromSession === caller.session;
      return `- ${id}${isTold ? ` “${title}”` : ''}, by ${toName ?? capability}: ${state}`;
    });
}
