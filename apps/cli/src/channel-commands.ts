import type { CliCommand } from './command.ts';
import { channels } from './commands/bot/channels.ts';
import { linkWhatsapp } from './commands/bot/link-whatsapp.ts';
import { pairings } from './commands/bot/pairings.ts';
import { attach } from './commands/channel/attach.ts';
import { check } from './commands/channel/check.ts';
import { create } from './commands/channel/create.ts';
import { deleteChannel } from './commands/channel/delete.ts';
import { detach } from './commands/channel/detach.ts';
import { list } from './commands/channel/list.ts';
import { show } from './commands/channel/show.ts';
import { test } from './commands/channel/test.ts';
import { update } from './commands/channel/update.ts';

/** The ways by which people reach bots, and who may use them. */
export const channelCommands: CliCommand[] = [
  channels,
  linkWhatsapp,
  pairings,
  list,
  show,
  create,
  test,
  check,
  update,
  attach,
  detach,
  deleteChannel,
];
