import { z } from 'zod';
import { cliCommand } from '../../command.ts';
import { CliRefusal } from '../../failure.ts';
import { findChannel } from './find-channel.ts';

export const check = cliCommand({
  usage: 'channel check <channel>',
  summary: 'Ask its messaging service anew with the tokens that are kept',
  input: z.object({ channel: z.string() }),
  async run({ client, signal }, { channel: wanted }) {
    const { id: channelId } = await findChannel(client, wanted);
    const channel = await client.channels.check({ channelId }, { signal });
    if (channel.check && !channel.check.ok) throw new CliRefusal(channel.check.message);
    return channel;
  },
  show: (channel) => channel.check?.message,
});
