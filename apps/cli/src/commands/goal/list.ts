import { GoalState } from '@clawster/contract/goal';
import { z } from 'zod';
import { usdText } from '@clawster/domain/cost/money';
import { cliCommand } from '../../command.ts';
import { allPages } from '../../find.ts';
import { table } from '../../output.ts';
import { findTeam } from '../team/find-team.ts';

export const list = cliCommand({
  usage: 'goal list',
  summary: 'List the goals of teams, those that are not over first',
  options: [
    ['--team <team>', 'of one team'],
    ['--state <state>', 'planning, proposed, active, paused, done, failed or cancelled'],
  ],
  input: z.object({ team: z.string().optional(), state: GoalState.optional() }),
  async run({ client }, { team, state }) {
    const teamId = team ? (await findTeam(client, team)).id : undefined;
    return allPages((cursor) => client.goals.list({ limit: 200, cursor, teamId, state }));
  },
  show: (goals) =>
    table(
      ['goal', 'team', 'state', 'done', 'until', 'cost', 'why'],
      goals.map(({ title, teamName, state, tasks, dueOn, costUsd, reason }) => [
        title,
        teamName,
        state,
        `${tasks.done}/${tasks.total}`,
        dueOn ?? '',
        usdText(costUsd),
        reason,
      ]),
      'There are no goals. Set one: clawster goal create <team> "…" --measure "…"',
    ),
});
