import { Plan } from '@clawster/contract/goal';
import { z } from 'zod';
import { cliCommand } from '../../command.ts';
import { readDocument } from '../../read-document.ts';
import { sayGoal } from '../../team-text.ts';
import { findGoal } from '../team/find-team.ts';

export const plan = cliCommand({
  usage: 'goal plan <goal> <plan>',
  summary: 'Put a plan in force, as YAML or JSON (@file reads it); tasks that have begun stay as they are',
  input: z.object({ goal: z.string(), plan: z.string() }),
  async run({ client }, { goal, plan: text }) {
    const asked = Plan.parse(await readDocument(text));
    return client.goals.plan({ goalId: (await findGoal(client, goal)).id, plan: asked });
  },
  show: sayGoal,
});
