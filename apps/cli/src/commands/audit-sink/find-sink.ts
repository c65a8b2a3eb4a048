import type { Client } from '@clawster/client/client';
import type { AuditSink } from '@clawster/contract/audit-sink';
import { named } from '../../find.ts';

/** The place meant by a name or an id. */
export async function findSink(client: Client, wanted: string): Promise<AuditSink> {
  const { items } = await client.auditSinks.list();
  return (
    items.find(({ id }) => id === wanted) ?? named(items, wanted, { what: 'place', list: 'clawster audit-sink list' })
  );
}
