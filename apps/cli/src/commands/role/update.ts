import { Permission, Role } from '@clawster/contract/permission';
import { z } from 'zod';
import { cliCommand } from '../../command.ts';
import { CliRefusal, exitCodes } from '../../failure.ts';
import { sayEnded } from '../person/say-ended.ts';

export const update = cliCommand({
  usage: 'role update <name>',
  summary: 'Change what a role may do, at once for all who have it',
  options: [
    ['--permission <permission...>', 'all it may do from now on'],
    ['--description <text>', 'what it is for'],
  ],
  input: z.object({
    name: Role,
    permission: z.array(Permission).min(1).optional(),
    description: z.string().optional(),
  }),
  async run({ client }, { name, permission, description }) {
    if (permission === undefined && description === undefined)
      throw new CliRefusal('Name what to change, see --help.', exitCodes.usage);
    const ended = await client.roles.update({ role: name, permissions: permission, description });
    return { name, ended };
  },
  show: ({ name, ended }) => `The role ${name} is changed. Ended with it: ${sayEnded(ended)}.`,
});
