import type { Client } from '@clawster/client/client';
import type { Profile } from '@clawster/contract/profile';
import { allPages, named } from '../../find.ts';

/** The profile meant by a name or an id. */
export async function findProfile(client: Client, wanted: string): Promise<Profile> {
  const all = await allPages((cursor) => client.profiles.list({ limit: 200, cursor }));
  return all.find(({ id }) => id === wanted) ?? named(all, wanted, { what: 'profile', list: 'clawster profile list' });
}

/** The ids of profiles named with commas between; none for an empty text. */
export async function profileIdsOf(client: Client, names: string): Promise<string[]> {
  const wanted = names
    .split(',')
    .map((name) => name.trim())
    .filter(Boolean);
  return Promise.all(wanted.map(async (name) => (await findProfile(client, name)).id));
}
