import type { CliCommand } from './command.ts';
import { chat } from './commands/bot/chat.ts';
import { clone } from './commands/bot/clone.ts';
import { create as createBot } from './commands/bot/create.ts';
import { destroy } from './commands/bot/destroy.ts';
import { doctor } from './commands/bot/doctor.ts';
import { egress } from './commands/bot/egress.ts';
import { label } from './commands/bot/label.ts';
import { list as listBots } from './commands/bot/list.ts';
import { logs } from './commands/bot/logs.ts';
import { modelCalls } from './commands/bot/model-calls.ts';
import { move } from './commands/bot/move.ts';
import { pause } from './commands/bot/pause.ts';
import { redeploy } from './commands/bot/redeploy.ts';
import { repair } from './commands/bot/repair.ts';
import { restart } from './commands/bot/restart.ts';
import { restore as restoreBot } from './commands/bot/restore.ts';
import { resume } from './commands/bot/resume.ts';
import { show } from './commands/bot/show.ts';
import { start } from './commands/bot/start.ts';
import { stop } from './commands/bot/stop.ts';
import { update } from './commands/bot/update.ts';
import { watch } from './commands/bot/watch.ts';
import { config } from './commands/bot/config.ts';
import { diff } from './commands/bot/diff.ts';
import { drift } from './commands/bot/drift.ts';
import { revision } from './commands/bot/revision.ts';
import { revisions } from './commands/bot/revisions.ts';
import { rollback } from './commands/bot/rollback.ts';

/** What can be done with bots, in the order the help shows it. */
export const botCommands: CliCommand[] = [
  createBot,
  listBots,
  show,
  chat,
  watch,
  logs,
  modelCalls,
  egress,
  start,
  stop,
  pause,
  resume,
  restart,
  redeploy,
  update,
  label,
  clone,
  move,
  doctor,
  repair,
  destroy,
  restoreBot,
  config,
  revisions,
  revision,
  diff,
  rollback,
  drift,
];
