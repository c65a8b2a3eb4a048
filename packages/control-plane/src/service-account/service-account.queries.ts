import type { ServiceAccount } from '@clawster/contract/service-account';
import { sql } from 'kysely';
import type { Tx } from '../transaction.ts';

const keysInForce = sql<number>`(select count(*) from api_key
  where service_account_id = service_account.id and revoked_at is null and expires_at > now())`;

export function selectAccounts(tx: Tx, workspaceId: string) {
  return tx
    .selectFrom('serviceAccount')
    .select(['id', 'name', 'description', 'role', 'createdAt', 'disabledAt', keysInForce.as('apiKeyCount')])
    .where('workspaceId', '=', workspaceId);
}

type Row = Awaited<ReturnType<ReturnType<typeof selectAccounts>['executeTakeFirstOrThrow']>>;

export function toAccount({ id, name, description, role, apiKeyCount, createdAt, disabledAt }: Row): ServiceAccount {
  return {
    id,
    name,
    description,
    role,
    apiKeyCount: Number(apiKeyCount),
    createdAt: createdAt.toISOString(),
    ...(disabledAt ? { disabledAt: disabledAt.toISOString() } : {}),
  };
}
