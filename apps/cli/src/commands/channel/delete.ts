import { z } from 'zod';
import { cliCommand } from '../../command.ts';
import { findChannel } from './find-channel.ts';

export const deleteChannel = cliCommand({
  usage: 'channel delete <channel>',
  summary: 'Delete a channel that no bot has, with the secrets that nothing else uses',
  input: z.object({ channel: z.string() }),
  async run({ client }, { channel: wanted }) {
    const channel = await findChannel(client, wanted);
    await client.channels.delete({ channelId: channel.id });
    return channel;
  },
  show: ({ name }) => `${name} is deleted.`,
});
