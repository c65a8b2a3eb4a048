import { z } from 'zod';
import { cliCommand } from '../../command.ts';
import { findServiceAccount } from './find-service-account.ts';
import { sayKeys } from './say-keys.ts';

export const deleteServiceAccount = cliCommand({
  usage: 'service-account delete <account>',
  summary: 'Delete a service account; its keys are revoked at once',
  input: z.object({ account: z.string() }),
  async run({ client }, { account: nameOrId }) {
    const account = await findServiceAccount(client, nameOrId);
    return { account, ...(await client.serviceAccounts.delete({ serviceAccountId: account.id })) };
  },
  show: ({ account, apiKeys }) => `${account.name} is deleted. Revoked with it: ${sayKeys(apiKeys)}.`,
});
