import type { Client } from '@clawster/client/client';
import type { Notifier } from '@clawster/contract/notifier';
import { named } from '../../find.ts';

/** The notifier meant by a name or an id. */
export async function findNotifier(client: Client, wanted: string): Promise<Notifier> {
  const { items } = await client.notifiers.list();
  return (
    items.find(({ id }) => id === wanted) ?? named(items, wanted, { what: 'notifier', list: 'clawster notifier list' })
  );
}
