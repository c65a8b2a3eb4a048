import { z } from 'zod';
import { cliCommand } from '../../command.ts';
import { sayGoal } from '../../team-text.ts';
import { findGoal } from '../team/find-team.ts';

export const show = cliCommand({
  usage: 'goal show <goal>',
  summary: 'Show a goal with its roadmap and what came of it',
  input: z.object({ goal: z.string() }),
  run: async ({ client }, { goal }) => client.goals.get({ goalId: (await findGoal(client, goal)).id }),
  show: sayGoal,
});
