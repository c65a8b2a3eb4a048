import type { Client } from '@clawster/client/client';
import type { AuditView } from '@clawster/contract/audit-view';
import { named } from '../../find.ts';

/** The view meant by a name or an id; one's own before the workspace's of the same name. */
export async function findView(client: Client, wanted: string): Promise<AuditView> {
  const { items } = await client.auditViews.list();
  const byId = items.find(({ id }) => id === wanted);
  const own = items.filter(({ name, shared }) => !shared && name.toLowerCase() === wanted.toLowerCase());
  return byId ?? own[0] ?? named(items, wanted, { what: 'view', list: 'clawster audit-view list' });
}
