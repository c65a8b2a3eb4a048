import type { CliCommand } from './command.ts';
import { create } from './commands/delegation/create.ts';
import { list } from './commands/delegation/list.ts';
import { cancel, retry, show } from './commands/delegation/one.ts';
import { replay, set } from './commands/team-rule/change.ts';
import { show as showRules, test, versions } from './commands/team-rule/look.ts';

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
