import { z } from 'zod';
import { usdText } from '@clawster/domain/cost/money';
import { cliCommand } from '../../command.ts';
import { table } from '../../output.ts';
import { findTeam } from './find-team.ts';

export const flow = cliCommand({
  usage: 'team flow <team>',
  summary: 'Show what went from whom to whom in the last hours',
  options: [['--hours <hours>', 'how many (24)']],
  input: z.object({ team: z.string(), hours: z.coerce.number('Give the hours, such as 24').int().default(24) }),
  async run({ client }, { team, hours }) {
    const { members, id: teamId } = await client.teams.get({ teamId: (await findTeam(client, team)).id });
    const names = new Map(members.map(({ botId, botName }) => [botId, botName]));
    const told = await client.teams.flow({ teamId, hours });
    const nameOf = (botId: string | undefined) => (botId ? (names.get(botId) ?? botId) : 'people');
    return told.edges.map((edge) => ({ ...edge, from: nameOf(edge.fromBotId), to: nameOf(edge.toBotId) }));
  },
  show: (edges) =>
    table(
      ['from', 'to', 'open', 'held', 'done', 'refused', 'failed', 'cost'],
      edges.map(({ from, to, costUsd, ...counts }) => [
        from,
        to,
        ...[counts.open, counts.held, counts.done, counts.refused, counts.failed].map(String),
        usdText(costUsd),
      ]),
      'Nobody asked anybody for anything.',
    ),
});
