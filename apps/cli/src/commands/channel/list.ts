import { z } from 'zod';
import { channelTable } from '../../channel-text.ts';
import { cliCommand } from '../../command.ts';
import { allPages } from '../../find.ts';

export const list = cliCommand({
  usage: 'channel list',
  summary: 'List the channels: the accounts at messaging services by which bots are reached',
  input: z.object({}),
  run: ({ client }) => allPages((cursor) => client.channels.list({ limit: 200, cursor })),
  show: channelTable,
});
