import { z } from 'zod';
import { cliCommand } from '../command.ts';
import { forgetConnection, readConnection } from '../connection.ts';

export const logout = cliCommand({
  usage: 'logout',
  summary: "Revoke this CLI's API key and forget it",
  input: z.object({}),
  async run(context) {
    const { world, out } = context;
    if (!readConnection(world).apiKey) return { signedOut: false };
    try {
      const { caller } = await context.client.sessions.current();
      if (caller.kind === 'api-key') await context.client.apiKeys.revoke({ apiKeyId: caller.id });
    } catch (error) {
      // Forgetting must work without the server; the key then ends when it expires.
      out.note(`The key could not be revoked at the server: ${(error as Error).message}`);
    }
    await forgetConnection(world);
    return { signedOut: true };
  },
  show: ({ signedOut }) => (signedOut ? 'Signed out.' : 'You were not signed in.'),
});
