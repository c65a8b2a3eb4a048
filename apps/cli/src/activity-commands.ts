import { healthCommands } from './health-commands.ts';
import type { CliCommand } from './command.ts';
import { activity } from './commands/activity.ts';
import { list } from './commands/conversation/list.ts';
import { show } from './commands/conversation/show.ts';
import { trace } from './commands/trace.ts';
import { check } from './commands/usage/check.ts';
import { loops } from './commands/usage/loops.ts';
import { messages } from './commands/usage/messages.ts';
import { tools } from './commands/usage/tools.ts';

/** Commands that tell what bots did. */
export const activityCommands: CliCommand[] = [
  activity,
  trace,
  list,
  show,
  messages,
  tools,
  loops,
  check,
  ...healthCommands,
];
