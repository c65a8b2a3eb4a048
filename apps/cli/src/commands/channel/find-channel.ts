import type { Client } from '@clawster/client/client';
import type { Channel } from '@clawster/contract/channel';
import { allPages, named } from '../../find.ts';

/** The channel meant by a name or an id. */
export async function findChannel(client: Client, wanted: string): Promise<Channel> {
  const all = await allPages((cursor) => client.channels.list({ limit: 200, cursor }));
  return all.find(({ id }) => id === wanted) ?? named(all, wanted, { what: 'channel', list: 'clawster channel list' });
}
