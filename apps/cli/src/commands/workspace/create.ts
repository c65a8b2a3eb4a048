import type { Client } from '@clawster/client/client';
import { WorkspaceName } from '@clawster/contract/workspace';
import { asPerson, PersonOptions, personOptions } from '../../as-person.ts';
import { cliCommand } from '../../command.ts';

export const create = cliCommand({
  usage: 'workspace create <name>',
  summary: 'Make another workspace with you as its owner; signs in as you for a moment',
  options: personOptions,
  input: PersonOptions.extend({ name: WorkspaceName }),
  run: (context, { name, ...who }) =>
    asPerson(context, who, async ({ client }) => {
      await enterOwnWorkspace(client);
      return client.workspaces.create({ name });
    }),
  show: ({ name }) => `The workspace ${name} was made. To work in it: clawster login --workspace "${name}"`,
});

/** A workspace is made from one that its maker owns, which need not be the one that they used last. */
async function enterOwnWorkspace(client: Client): Promise<void> {
  const { items } = await client.workspaces.list();
  const owned = items.filter(({ role }) => role === 'owner');
  const [first] = owned;
  if (first && !owned.some(({ current }) => current)) await client.sessions.switch({ workspaceId: first.id });
}
