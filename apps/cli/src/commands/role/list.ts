import { z } from 'zod';
import { cliCommand } from '../../command.ts';
import { table } from '../../output.ts';

export const list = cliCommand({
  usage: 'role list',
  summary: 'List the roles of the workspace; --json with what each may do',
  input: z.object({}),
  run: async ({ client }) => (await client.roles.list()).items,
  show: (roles) =>
    table(
      ['name', 'people', 'permissions', 'what for'],
      roles.map(({ name, people, permissions, description }) => [
        name,
        String(people),
        String(permissions.length),
        description,
      ]),
      'There is none.',
    ),
});
