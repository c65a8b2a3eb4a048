import type { CliCommand } from './command.ts';
import * as reading from './commands/context/read.ts';
import * as writing from './commands/context/write.ts';
import { answer, approve, assign, refuse } from './commands/inbox/decide.ts';
import { list } from './commands/inbox/list.ts';
import { show } from './commands/inbox/show.ts';
import { create, deleteNotifier, testNotifier, update } from './commands/notifier/change.ts';
import { list as listNotifiers } from './commands/notifier/list.ts';

/** Commands for what waits for people, how they are told, and what teams know. */
export const inboxCommands: CliCommand[] = [
  list,
  show,
  approve,
  refuse,
  answer,
  assign,
  listNotifiers,
  create,
  update,
  testNotifier,
  deleteNotifier,
  reading.list,
  reading.show,
  writing.set,
  reading.history,
  writing.restore,
  writing.deleteEntry,
];
