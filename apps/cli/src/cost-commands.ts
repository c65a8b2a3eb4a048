import { budgetCommands } from './budget-commands.ts';
import type { CliCommand } from './command.ts';
import { compare } from './commands/cost/compare.ts';
import { conversations } from './commands/cost/conversations.ts';
import { exportCosts } from './commands/cost/export.ts';
import { forecast } from './commands/cost/forecast.ts';
import { importCosts } from './commands/cost/import.ts';
import { setPrice } from './commands/cost/set-price.ts';
import { show } from './commands/cost/show.ts';
import { spikes } from './commands/cost/spikes.ts';
import { targets } from './commands/cost/targets.ts';

/** Commands that tell what bots cost, and take what their targets cost. */
export const costCommands: CliCommand[] = [
  show,
  conversations,
  forecast,
  compare,
  spikes,
  exportCosts,
  targets,
  setPrice,
  importCosts,
  ...budgetCommands,
];
