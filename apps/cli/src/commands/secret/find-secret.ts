import type { Client } from '@clawster/client/client';
import type { Secret } from '@clawster/contract/secret';
import { allPages, named } from '../../find.ts';

/** The secret meant by a name or an id. */
export async function findSecret(client: Client, wanted: string): Promise<Secret> {
  const all = await allPages((cursor) => client.secrets.list({ limit: 200, cursor }));
  return all.find(({ id }) => id === wanted) ?? named(all, wanted, { what: 'secret', list: 'clawster secret list' });
}
