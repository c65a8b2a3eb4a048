import type { Person } from '@clawster/contract/person';
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
      ['name', 'e-mail', 'role', 'last seen', 'directory'],
      people.map(({ name, email, role, lastSeenAt, disabledAt, directory }) => [
        name,
        email,
        role,
        disabledAt ? sayDisabled(directory?.standing) : lastSeenAt ? `${ago(lastSeenAt)} ago` : 'never',
        directory?.name ?? '',
      ]),
      'Nobody yet.',
    ),
});

/** Whose doing it is that somebody is not let in. */
function sayDisabled(standing: NonNullable<Person['directory']>['standing'] | undefined): string {
  if (standing === 'inactive') return 'deactivated';
  return standing === 'in-no-group' ? 'in no group' : 'disabled';
}
