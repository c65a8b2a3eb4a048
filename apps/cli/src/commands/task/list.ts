import { z } from 'zod';
import { cliCommand } from '../../command.ts';
import { sayTasks } from '../../team-text.ts';
import { findGoal, findTeam } from '../team/find-team.ts';

export const list = cliCommand({
  usage: 'task list <team>',
  summary: "List the tasks of a team's goals that are not over",
  options: [['--goal <goal>', 'of one goal']],
  input: z.object({ team: z.string(), goal: z.string().optional() }),
  async run({ client }, { team, goal }) {
    const teamId = (await findTeam(client, team)).id;
    const goalId = goal ? (await findGoal(client, goal)).id : undefined;
    return (await client.goals.board({ teamId, goalId })).items;
  },
  show: sayTasks,
});
