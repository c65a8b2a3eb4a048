import type { Client } from '@clawster/client/client';
import type { Exporter } from '@clawster/contract/exporter';
import { named } from '../../find.ts';

/** The exporter meant by a name or an id. */
export async function findExporter(client: Client, wanted: string): Promise<Exporter> {
  const { items } = await client.exporters.list();
  return (
    items.find(({ id }) => id === wanted) ?? named(items, wanted, { what: 'exporter', list: 'clawster exporter list' })
  );
}
