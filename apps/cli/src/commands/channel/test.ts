import { ChannelKind, ChannelSettings } from '@clawster/contract/channel-settings';
import { z } from 'zod';
import { cliCommand } from '../../command.ts';
import { CliRefusal } from '../../failure.ts';
import { credentialInput, credentialOptions, kindOption, readCredentials } from './credentials.ts';

const { apiRoot } = ChannelSettings.shape;

export const test = cliCommand({
  usage: 'channel test',
  summary: 'Ask a messaging service with these tokens; nothing is saved',
  options: [kindOption, ...credentialOptions, ['--api-root <url>', "Telegram alone: a Bot API server of one's own"]],
  input: z.object({ kind: ChannelKind, ...credentialInput, apiRoot }),
  async run(context, { kind, apiRoot: root, ...given }) {
    const credentials = await readCredentials(context, kind, given);
    const check = await context.client.channels.test(
      { kind, settings: { apiRoot: root }, credentials },
      { signal: context.signal },
    );
    if (!check.ok) throw new CliRefusal(check.message);
    return check;
  },
  show: ({ message }) => message,
});
