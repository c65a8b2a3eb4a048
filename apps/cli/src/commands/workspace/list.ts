import { asPerson, PersonOptions, personOptions } from '../../as-person.ts';
import { cliCommand } from '../../command.ts';
import { table } from '../../output.ts';

export const list = cliCommand({
  usage: 'workspace list',
  summary: 'List the workspaces you belong to; signs in as you for a moment, since a key knows its own alone',
  options: personOptions,
  input: PersonOptions,
  run: (context, who) => asPerson(context, who, async ({ client }) => (await client.workspaces.list()).items),
  show: (workspaces) =>
    table(
      ['name', 'your role', 'id'],
      workspaces.map(({ name, role, id }) => [name, role, id]),
      'You belong to none.',
    ),
});
