import { z } from 'zod';
import { cliCommand } from '../../command.ts';
import { allPages } from '../../find.ts';
import { accessTable } from '../../secret-text.ts';
import { findSecret } from './find-secret.ts';

export const accesses = cliCommand({
  usage: 'secret accesses <secret>',
  summary: 'List which version went to which bot, and whether it proved that it works with it',
  input: z.object({ secret: z.string() }),
  async run({ client }, { secret }) {
    const { id: secretId } = await findSecret(client, secret);
    return allPages((cursor) => client.secrets.accesses({ secretId, limit: 200, cursor }));
  },
  show: accessTable,
});
