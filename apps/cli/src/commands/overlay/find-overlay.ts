import type { Client } from '@clawster/client/client';
import type { Overlay } from '@clawster/contract/overlay';
import { allPages, named } from '../../find.ts';

/** The overlay meant by a name or an id. */
export async function findOverlay(client: Client, wanted: string): Promise<Overlay> {
  const all = await allPages((cursor) => client.overlays.list({ limit: 200, cursor }));
  return all.find(({ id }) => id === wanted) ?? named(all, wanted, { what: 'overlay', list: 'clawster overlay list' });
}
