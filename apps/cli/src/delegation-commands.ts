import type { CliCommand } from './command.ts';
import { create } from './commands/delegation/create.ts';
import { list } from './commands/delegation/list.ts';
import { cancel, retry, show } from './commands/delegation/one.ts';
import { replay, set } from './commands/team/rules/change.ts';
import { show as showRules, test, versions } from './commands/team/rules/look.ts';

/** What bots are asked to do for one another, and by which rules. */
export const delegationCommands: CliCommand[] = [
  list,
  show,
  create,
  cancel,
  retry,
  showRules,
  versions,
  set,
  test,
  replay,
];
