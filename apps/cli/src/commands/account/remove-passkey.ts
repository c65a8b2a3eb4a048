import { asPerson, PersonOptions, personOptions } from '../../as-person.ts';
import { z } from 'zod';
import { cliCommand } from '../../command.ts';
import { named } from '../../find.ts';

export const removePasskey = cliCommand({
  usage: 'account remove-passkey <passkey>',
  summary: 'Remove one of your passkeys, by name or id; it lets nobody in any more',
  options: personOptions,
  input: PersonOptions.extend({ passkey: z.string() }),
  run: (context, { passkey: nameOrId, ...who }) =>
    asPerson(context, who, async ({ client, secrets: [password = ''] }) => {
      const { items } = await client.passkeys.list();
      const passkey =
        items.find(({ id }) => id === nameOrId) ??
        named(items, nameOrId, { what: 'passkey', list: 'clawster account passkeys' });
      await client.passkeys.remove({ passkeyId: passkey.id, password });
      return passkey;
    }),
  show: ({ name }) => `The passkey ${name} lets nobody in any more. Delete it on its device too.`,
});
