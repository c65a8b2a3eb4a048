import type { Client } from '@clawster/client/client';
import type { ServiceAccount } from '@clawster/contract/service-account';
import { allPages, named } from '../../find.ts';

/** The service account a person means by a name or an id. */
export async function findServiceAccount(client: Client, nameOrId: string): Promise<ServiceAccount> {
  const accounts = await allPages((cursor) => client.serviceAccounts.list({ limit: 200, cursor }));
  return (
    accounts.find(({ id }) => id === nameOrId) ??
    named(accounts, nameOrId, { what: 'service account', list: 'clawster service-account list' })
  );
}
