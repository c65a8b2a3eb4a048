import type { CliCommand } from './command.ts';
import { list as listRotations } from './commands/rotation/list.ts';
import { resume } from './commands/rotation/resume.ts';
import { show as showRotation } from './commands/rotation/show.ts';
import { undo } from './commands/rotation/undo.ts';
import { accesses } from './commands/secret/accesses.ts';
import { create } from './commands/secret/create.ts';
import { deleteSecret } from './commands/secret/delete.ts';
import { list } from './commands/secret/list.ts';
import { refresh } from './commands/secret/refresh.ts';
import { revoke } from './commands/secret/revoke.ts';
import { rotate } from './commands/secret/rotate.ts';
import { show } from './commands/secret/show.ts';
import { update } from './commands/secret/update.ts';

/** What is kept for bots and never shown, and how it is replaced. */
export const secretCommands: CliCommand[] = [
  list,
  show,
  create,
  update,
  refresh,
  rotate,
  revoke,
  deleteSecret,
  accesses,
  listRotations,
  showRotation,
  resume,
  undo,
];
