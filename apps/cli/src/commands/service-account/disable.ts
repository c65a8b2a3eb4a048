import { z } from 'zod';
import { cliCommand } from '../../command.ts';
import { findServiceAccount } from './find-service-account.ts';

export const disable = cliCommand({
  usage: 'service-account disable <account>',
  summary: 'Refuse the keys of a service account, at once and until it is enabled',
  input: z.object({ account: z.string() }),
  async run({ client }, { account: nameOrId }) {
    const account = await findServiceAccount(client, nameOrId);
    await client.serviceAccounts.disable({ serviceAccountId: account.id });
    return account;
  },
  show: ({ name }) => `${name} is disabled; its keys are refused until it is enabled.`,
});
