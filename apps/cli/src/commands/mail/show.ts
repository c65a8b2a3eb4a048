import { z } from 'zod';
import { cliCommand } from '../../command.ts';

export const show = cliCommand({
  usage: 'mail show',
  summary: 'Show the mail server of the workspace',
  input: z.object({}),
  run: ({ client }) => client.mail.show({}),
  show({ server }) {
    if (!server) return 'No mail server is set up. Set one: clawster mail set';
    const { host, port, security, user, fromName, fromAddress } = server;
    return `${host}:${port} (${security})${user ? ` as ${user}` : ''}, from ${fromName} <${fromAddress}>`;
  },
});
