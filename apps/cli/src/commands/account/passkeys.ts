import { asPerson, PersonOptions, personOptions } from '../../as-person.ts';
import { cliCommand } from '../../command.ts';
import { ago, table } from '../../output.ts';

export const passkeys = cliCommand({
  usage: 'account passkeys',
  summary: 'List your passkeys; they are added in the dashboard, which needs a browser',
  options: personOptions,
  input: PersonOptions,
  run: (context, who) =>
    asPerson(context, who, async ({ client }) => {
      const { items } = await client.passkeys.list();
      return items;
    }),
  show: (items) =>
    table(
      ['name', 'for', 'backed up', 'added', 'last used'],
      items.map(({ name, host, isBackedUp, createdAt, lastUsedAt }) => [
        name,
        host,
        isBackedUp ? 'yes' : 'no',
        `${ago(createdAt)} ago`,
        lastUsedAt ? `${ago(lastUsedAt)} ago` : 'never',
      ]),
      'No passkeys yet. Add one in the dashboard: Settings → Account → Passkeys.',
    ),
});
