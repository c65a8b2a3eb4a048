import { ChannelName } from '@clawster/contract/channel';
import { ChannelKind, ChannelSettings } from '@clawster/contract/channel-settings';
import { z } from 'zod';
import { cliCommand } from '../../command.ts';
import { credentialInput, credentialOptions, kindOption, readCredentials } from './credentials.ts';
import { ruleInput, ruleOptions, rulesOf } from './rules.ts';

const { apiRoot } = ChannelSettings.shape;

export const create = cliCommand({
  usage: 'channel create <name>',
  summary: 'Add a channel; its service is asked first, and it is refused if that does not take the tokens',
  options: [
    kindOption,
    ...credentialOptions,
    ...ruleOptions,
    ['--api-root <url>', "Telegram alone: a Bot API server of one's own"],
  ],
  input: z.object({ name: ChannelName, kind: ChannelKind, ...credentialInput, ...ruleInput, apiRoot }),
  run: async (context, { name, kind, tokenStdin, secret, apiRoot: root, ...rules }) =>
    context.client.channels.create(
      {
        name,
        kind,
        settings: { ...rulesOf(rules), apiRoot: root },
        credentials: await readCredentials(context, kind, { tokenStdin, secret }),
      },
      { signal: context.signal },
    ),
  show: ({ name, check }) =>
    `${name} is added${check?.account ? ` as ${check.account}` : ''}. Give it to a bot: clawster channel attach ${JSON.stringify(name)} --bot <bot>`,
});
