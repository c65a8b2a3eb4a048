import { z } from 'zod';
import { asPerson, PersonOptions, personOptions } from '../../as-person.ts';
import { cliCommand } from '../../command.ts';
import { enterWorkspace } from '../../enter-workspace.ts';
import { findPerson } from './find-person.ts';

export const resetLink = cliCommand({
  usage: 'person reset-link <person>',
  summary:
    'Make a link by which someone chooses a new passphrase, printed now and never again; for owners, of who belongs to no other workspace',
  options: [
    ['--workspace <name>', 'in which of your workspaces; the one you used last unless named'],
    ...personOptions,
  ],
  input: PersonOptions.extend({ person: z.string(), workspace: z.string().optional() }),
  run: (context, { person: wanted, workspace, ...who }) =>
    asPerson(context, who, async ({ client }) => {
      if (workspace) await enterWorkspace(client, workspace, context.signal);
      const person = await findPerson(client, wanted);
      return { person, ...(await client.people.makeResetLink({ personId: person.id })) };
    }),
  show({ person, link, expiresAt }, out) {
    out.note(
      `By this link ${person.name} chooses a new passphrase, once, until ${expiresAt.slice(11, 16)} UTC. Hand it over to them alone:`,
    );
    return link;
  },
});
