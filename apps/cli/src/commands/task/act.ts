import { z } from 'zod';
import { cliCommand } from '../../command.ts';
import { CliRefusal, exitCodes } from '../../failure.ts';
import { findBot } from '../../find.ts';
import { sayTasks } from '../../team-text.ts';

const taskId = z.uuid('Give the id of the task. See it with: clawster task list <team>');

export const update = cliCommand({
  usage: 'task update <task>',
  summary: 'Change a task that nobody works at',
  options: [
    ['--title <title>', 'another title'],
    ['--text <text>', 'what is to be done'],
    ['--capability <capability>', 'whoever can do this does it'],
    ['--bot <bot>', 'this bot does it'],
    ['--due <date>', 'until when; never: no date'],
  ],
  input: z.object({
    task: taskId,
    title: z.string().optional(),
    text: z.string().optional(),
    capability: z.string().optional(),
    bot: z.string().optional(),
    due: z.string().optional(),
  }),
  async run({ client }, { task, bot, due, ...changes }) {
    const asked = {
      ...changes,
      ...(bot ? { assigneeId: (await findBot(client, bot)).id } : {}),
      ...(due ? { dueOn: due === 'never' ? null : due } : {}),
    };
    if (Object.values(asked).every((one) => one === undefined))
      throw new CliRefusal('Name what to change, such as --title.', exitCodes.usage);
    return client.goals.updateTask({ taskId: task, ...asked });
  },
  show: (task) => sayTasks([task]),
});

const act = (verb: 'cancel' | 'retry', summary: string) =>
  cliCommand({
    usage: `task ${verb} <task>`,
    summary,
    input: z.object({ task: taskId }),
    run: ({ client }, { task }) => client.goals[`${verb}Task`]({ taskId: task }),
    show: (task) => sayTasks([task]),
  });

export const cancel = act('cancel', 'Leave a task out: what waits for it waits no more');
export const retry = act('retry', 'Let a task that failed or is blocked begin anew');

export const finish = cliCommand({
  usage: 'task finish <task>',
  summary: 'Take a task as done, with what came of it',
  options: [['--result <text>', 'what came of it']],
  input: z.object({ task: taskId, result: z.string().optional() }),
  run: ({ client }, { task, result }) => client.goals.finishTask({ taskId: task, result }),
  show: (task) => sayTasks([task]),
});
