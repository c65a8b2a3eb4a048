import { z } from 'zod';
import { cliCommand } from '../../command.ts';
import { allPages } from '../../find.ts';
import { table } from '../../output.ts';

export const groups = cliCommand({
  usage: 'directory groups',
  summary: 'List the groups of the directory, with the role that each gives',
  input: z.object({}),
  run: ({ client }) => allPages((cursor) => client.directory.groups({ limit: 200, cursor })),
  show: (all) =>
    table(
      ['group', 'members', 'role', 'external id'],
      all.map(({ name, members, role, whyNoRole, externalId }) => [
        name,
        String(members),
        role ?? (whyNoRole ? `none: ${whyNoRole}` : 'none'),
        externalId ?? '',
      ]),
      'The directory has sent no group yet.',
    ),
});
