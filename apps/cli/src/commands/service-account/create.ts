import { Role } from '@clawster/contract/permission';
import { ServiceAccountName } from '@clawster/contract/service-account';
import { z } from 'zod';
import { cliCommand } from '../../command.ts';
import { roleWords } from '../../role-words.ts';

export const create = cliCommand({
  usage: 'service-account create <name>',
  summary: 'Make a service account for programs, with a role none of its keys exceeds',
  options: [
    ['--role <role>', `what it may do: ${roleWords} (viewer)`],
    ['--description <text>', 'what it is for'],
  ],
  input: z.object({ name: ServiceAccountName, role: Role.default('viewer'), description: z.string().optional() }),
  run: ({ client }, { name, role, description }) => client.serviceAccounts.create({ name, role, description }),
  show: ({ name, role }) =>
    `${name} is there, as ${role}. Make a key of it: clawster api-key create <name> --role ${role} --service-account ${JSON.stringify(name)}`,
});
