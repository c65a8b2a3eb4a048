import { z } from 'zod';
import { cliCommand } from '../../command.ts';
import { CliRefusal } from '../../failure.ts';
import { findChannel } from './find-channel.ts';
import { attachmentOf, readWhom, whomInput, whomOptions } from './whom.ts';

export const detach = cliCommand({
  usage: 'channel detach <channel>',
  summary: 'Take a channel from a bot, or from those with some labels',
  options: whomOptions,
  input: z.object({ channel: z.string(), ...whomInput }),
  async run({ client }, { channel: wanted, ...given }) {
    const whom = await readWhom(client, given);
    const channel = await findChannel(client, wanted);
    const there = attachmentOf(channel, whom);
    if (!there)
      throw new CliRefusal(
        `${channel.name} is not attached so. See how: clawster channel show ${JSON.stringify(channel.name)}`,
      );
    return client.channels.detach({ channelId: channel.id, attachmentId: there.id });
  },
  show: ({ name, botCount }) =>
    `It is taken away; ${botCount} ${botCount === 1 ? 'bot has' : 'bots have'} ${name} now.`,
});
