import { Permission, Role } from '@clawster/contract/permission';
import { z } from 'zod';
import { cliCommand } from '../../command.ts';

export const create = cliCommand({
  usage: 'role create <name>',
  summary: 'Make a role out of permissions you have',
  options: [
    ['--permission <permission...>', `what it may do: ${Permission.options.join(', ')}`],
    ['--description <text>', 'what it is for'],
  ],
  input: z.object({
    name: Role,
    permission: z.array(Permission).min(1, 'Name at least one permission, see --help'),
    description: z.string().optional(),
  }),
  run: ({ client }, { name, permission, description }) =>
    client.roles.create({ name, permissions: permission, description }),
  show: ({ name }) => `The role ${name} is there. Give it to someone: clawster person role <person> ${name}`,
});
