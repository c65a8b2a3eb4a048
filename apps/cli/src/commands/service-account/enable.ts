import { z } from 'zod';
import { cliCommand } from '../../command.ts';
import { findServiceAccount } from './find-service-account.ts';

export const enable = cliCommand({
  usage: 'service-account enable <account>',
  summary: 'Let the keys of a service account in again',
  input: z.object({ account: z.string() }),
  async run({ client }, { account: nameOrId }) {
    const account = await findServiceAccount(client, nameOrId);
    await client.serviceAccounts.enable({ serviceAccountId: account.id });
    return account;
  },
  show: ({ name }) => `${name} is enabled; its keys are let in again.`,
});
