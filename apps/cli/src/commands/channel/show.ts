import { z } from 'zod';
import { channelDetails } from '../../channel-text.ts';
import { cliCommand } from '../../command.ts';
import { findChannel } from './find-channel.ts';

export const show = cliCommand({
  usage: 'channel show <channel>',
  summary: 'Show a channel, its rules, and which bots have it',
  input: z.object({ channel: z.string() }),
  run: ({ client }, { channel }) => findChannel(client, channel),
  show: channelDetails,
});
