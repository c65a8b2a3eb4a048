import { z } from 'zod';
import { cliCommand } from '../../command.ts';
import { sayGoal } from '../../team-text.ts';
import { findGoal } from '../team/find-team.ts';

const act = (verb: 'replan' | 'pause' | 'resume' | 'cancel' | 'finish', summary: string) =>
  cliCommand({
    usage: `goal ${verb} <goal>`,
    summary,
    input: z.object({ goal: z.string() }),
    run: async ({ client }, { goal }) => client.goals[verb]({ goalId: (await findGoal(client, goal)).id }),
    show: sayGoal,
  });

/** What is done with a goal as a whole. */
export const goalActs = [
  act('replan', 'Ask the lead for another plan; what is under way goes on'),
  act('pause', 'Begin nothing new for a goal; what is under way goes on'),
  act('resume', 'Go on with a goal that was paused'),
  act('cancel', 'Give a goal up: all that is open for it is cancelled'),
  act('finish', 'Take a goal as reached, whatever its tasks say'),
];
