import type { CliCommand } from './command.ts';
import { health } from './commands/health.ts';
import { list } from './commands/incident/list.ts';
import { show } from './commands/incident/show.ts';

/** Commands that tell how well bots are, and were. */
export const healthCommands: CliCommand[] = [health, list, show];
