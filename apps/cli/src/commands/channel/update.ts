import { z } from 'zod';
import { cliCommand } from '../../command.ts';
import { CliRefusal, exitCodes } from '../../failure.ts';
import { credentialInput, credentialOptions, readCredentials } from './credentials.ts';
import { findChannel } from './find-channel.ts';
import { ruleInput, ruleOptions, rulesOf } from './rules.ts';

export const update = cliCommand({
  usage: 'channel update <channel>',
  summary: 'Change a channel; its bots take it over. New tokens are tried first, and reach every bot at once',
  options: [
    ['--name <name>', 'another name'],
    ...ruleOptions,
    ['--tokens', 'ask for other tokens'],
    ...credentialOptions,
  ],
  input: z.object({
    channel: z.string(),
    name: z.string().optional(),
    ...ruleInput,
    tokens: z.boolean().default(false),
    ...credentialInput,
  }),
  async run(context, { channel: wanted, name, tokens, tokenStdin, secret, ...given }) {
    const rules = rulesOf(given);
    const asksTokens = tokens || tokenStdin || secret.length > 0;
    if (!name && !asksTokens && Object.keys(rules).length === 0)
      throw new CliRefusal('Name what to change, see --help.', exitCodes.usage);
    const { id: channelId, kind, settings } = await findChannel(context.client, wanted);
    const credentials = asksTokens ? await readCredentials(context, kind, { tokenStdin, secret }) : {};
    return context.client.channels.update(
      { channelId, name, settings: { ...settings, ...rules }, credentials },
      { signal: context.signal },
    );
  },
  show: ({ name, botCount }) => `${name} is changed; ${botCount} ${botCount === 1 ? 'bot has' : 'bots have'} it.`,
});
