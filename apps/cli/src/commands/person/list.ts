import { z } from 'zod';
import { cliCommand } from '../../command.ts';
import { allPages } from '../../find.ts';
import { ago, table } from '../../output.ts';

export const list = cliCommand({
  usage: 'person list',
  summary: 'List the people of the workspace',
  input: z.object({}),
  run: ({ client }) => allPages((cursor) => client.people.list({ limit: 200, cursor })),
  show: (people) =>
    table(
      ['name', 'e-mail', 'role', 'last seen'],
      people.map(({ name, email, role, lastSeenAt, disabledAt }) => [
        name,
        email,
        role,
        disabledAt ? 'disabled' : lastSeenAt ? `${ago(lastSeenAt)} ago` : 'never',
      ]),
      'Nobody yet.',
    ),
});
