import type { Client } from '@clawster/client/client';
import type { Identity } from '@clawster/contract/person';
import { named } from './find.ts';

/** Goes on in a workspace of the person who is signed in, by its name or id. */
export async function enterWorkspace(client: Client, nameOrId: string, signal: AbortSignal): Promise<Identity> {
  const { items } = await client.workspaces.list({}, { signal });
  const known = { what: 'workspace', list: 'clawster workspace list' };
  const found = items.find(({ id }) => id === nameOrId) ?? named(items, nameOrId, known);
  return found.current
    ? client.sessions.current({}, { signal })
    : client.sessions.switch({ workspaceId: found.id }, { signal });
}
