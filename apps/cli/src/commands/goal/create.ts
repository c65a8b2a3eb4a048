import { Plan } from '@clawster/contract/goal';
import { z } from 'zod';
import { cliCommand } from '../../command.ts';
import { readDocument } from '../../read-document.ts';
import { sayGoal } from '../../team-text.ts';
import { findTeam } from '../team/find-team.ts';

export const create = cliCommand({
  usage: 'goal create <team> <title>',
  summary: 'Set a team a goal: its lead proposes a plan, or the plan comes with it',
  options: [
    ['--text <text>', 'what it is about'],
    ['--measure <text>', 'by what one sees that it is reached'],
    ['--due <date>', 'until when, such as 2026-12-24'],
    ['--plan <text>', 'its plan, as YAML or JSON; @file reads it from a file'],
  ],
  input: z.object({
    team: z.string(),
    title: z.string(),
    text: z.string().optional(),
    measure: z.string().optional(),
    due: z.string().optional(),
    plan: z.string().optional(),
  }),
  run: async ({ client }, { team, due, plan, ...goal }) =>
    client.goals.create({
      ...goal,
      teamId: (await findTeam(client, team)).id,
      dueOn: due,
      ...(plan ? { plan: Plan.parse(await readDocument(plan)) } : {}),
    }),
  show: sayGoal,
});
