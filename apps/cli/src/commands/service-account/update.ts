import { Role } from '@clawster/contract/permission';
import { z } from 'zod';
import { cliCommand } from '../../command.ts';
import { CliRefusal, exitCodes } from '../../failure.ts';
import { roleWords } from '../../role-words.ts';
import { sayKeys } from './say-keys.ts';
import { findServiceAccount } from './find-service-account.ts';

export const update = cliCommand({
  usage: 'service-account update <account>',
  summary: 'Change a service account; keys of it that may do more than a new role are revoked',
  options: [
    ['--role <role>', `what it may do: ${roleWords}`],
    ['--name <name>', 'a new name'],
    ['--description <text>', 'what it is for'],
  ],
  input: z.object({
    account: z.string(),
    role: Role.optional(),
    name: z.string().optional(),
    description: z.string().optional(),
  }),
  async run({ client }, { account: nameOrId, ...changes }) {
    if (Object.values(changes).every((one) => one === undefined))
      throw new CliRefusal('Name what to change, see --help.', exitCodes.usage);
    const account = await findServiceAccount(client, nameOrId);
    return { account, ...(await client.serviceAccounts.update({ serviceAccountId: account.id, ...changes })) };
  },
  show: ({ account, apiKeys }) => `${account.name} is changed. Revoked with it: ${sayKeys(apiKeys)}.`,
});
