import { z } from 'zod';
import { cliCommand } from '../../command.ts';
import { findChannel } from './find-channel.ts';
import { ruleInput, ruleOptions, rulesOf } from './rules.ts';
import { attachmentOf, readWhom, whomInput, whomOptions } from './whom.ts';

export const attach = cliCommand({
  usage: 'channel attach <channel>',
  summary: 'Have a bot, or all with some labels, answer by a channel; said again, it changes how they differ from it',
  options: [...whomOptions, ...ruleOptions],
  input: z.object({ channel: z.string(), ...whomInput, ...ruleInput }),
  async run({ client }, { channel: wanted, bot, labels, ...given }) {
    const whom = await readWhom(client, { bot, labels });
    const channel = await findChannel(client, wanted);
    const there = attachmentOf(channel, whom);
    const settings = rulesOf(given);
    if (!there) return client.channels.attach({ channelId: channel.id, ...whom, settings });
    return client.channels.updateAttachment({ channelId: channel.id, attachmentId: there.id, settings });
  },
  show: ({ name, botCount }) => `${botCount} ${botCount === 1 ? 'bot has' : 'bots have'} ${name} now.`,
});
