import { z } from 'zod';
import { cliCommand } from '../../command.ts';
import { sayProvider } from './say-provider.ts';

export const show = cliCommand({
  usage: 'sso show',
  summary: 'Show the identity provider of the workspace, and the redirect URL to register there',
  input: z.object({}),
  run: ({ client }) => client.sso.show({}),
  show: ({ provider, redirectUrl }) =>
    [
      ...(provider ? sayProvider(provider) : ['No identity provider is set up. Set one: clawster sso set']),
      `Redirect URL: ${redirectUrl}`,
    ].join('\n'),
});
