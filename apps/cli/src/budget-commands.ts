import type { CliCommand } from './command.ts';
import { create } from './commands/budget/create.ts';
import { deleteBudget } from './commands/budget/delete.ts';
import { lift } from './commands/budget/lift.ts';
import { list } from './commands/budget/list.ts';
import { show } from './commands/budget/show.ts';
import { update } from './commands/budget/update.ts';

/** Limits on what bots spend. */
export const budgetCommands: CliCommand[] = [list, show, create, update, lift, deleteBudget];
