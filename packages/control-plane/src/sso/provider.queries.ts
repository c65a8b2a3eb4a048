import { IdentityProvider, type SetIdentityProvider } from '@clawster/contract/sso';
import type { Role } from '@clawster/contract/permission';
import { sql } from 'kysely';
import { asRole } from '../session/session.queries.ts';
import type { Tx } from '../transaction.ts';

/** Where a provider's client secret is kept. */
export const secretPlace = (workspaceId: string, providerId: string) =>
  ({ workspaceId, ownerKind: 'identity-provider', ownerId: providerId, field: 'client-secret' }) as const;

/** `setByRole` is the role of who set it up, above which it lets nobody in. */
export type StoredProvider = { workspaceId: string; provider: IdentityProvider; setByRole: Role };

const columns = ['id', 'workspaceId', 'settings', 'setByRole', 'updatedAt'] as const;

export async function findProvider(tx: Tx, workspaceId: string): Promise<StoredProvider | undefined> {
  const row = await tx
    .selectFrom('identityProvider')
    .select(columns)
    .where('workspaceId', '=', workspaceId)
    .executeTakeFirst();
  return row && toProvider(row);
}

export async function findProviderById(tx: Tx, id: string): Promise<StoredProvider | undefined> {
  const row = await tx.selectFrom('identityProvider').select(columns).where('id', '=', id).executeTakeFirst();
  return row && toProvider(row);
}

/** The provider as it is, which nobody else changes until the transaction ends. */
export async function lockProvider(tx: Tx, workspaceId: string): Promise<StoredProvider | undefined> {
  const row = await tx
    .selectFrom('identityProvider')
    .select(columns)
    .where('workspaceId', '=', workspaceId)
    .forUpdate()
    .executeTakeFirst();
  return row && toProvider(row);
}

/** Of all workspaces of the installation, by name. */
export function listOffers(tx: Tx) {
  return tx
    .selectFrom('identityProvider')
    .select(['id', sql<string>`settings ->> 'name'`.as('name')])
    .orderBy(sql`settings ->> 'name'`)
    .orderBy('id')
    .limit(50)
    .execute();
}

type Values = { workspaceId: string; settings: Omit<SetIdentityProvider, 'clientSecret'>; setByRole: Role };

/** Puts a provider in place of the one before, under the same id. */
export async function saveProvider(tx: Tx, values: Values): Promise<StoredProvider> {
  const { settings, setByRole } = values;
  const row = await tx
    .insertInto('identityProvider')
    .values(values)
    .onConflict((conflict) =>
      conflict.column('workspaceId').doUpdateSet({ settings, setByRole, updatedAt: sql<Date>`now()` }),
    )
    .returning(columns)
    .executeTakeFirstOrThrow();
  return toProvider(row);
}

export async function deleteProvider(tx: Tx, workspaceId: string): Promise<void> {
  await tx.deleteFrom('identityProvider').where('workspaceId', '=', workspaceId).execute();
}

type Row = { id: string; workspaceId: string; settings: unknown; setByRole: string; updatedAt: Date };

function toProvider({ id, workspaceId, settings, setByRole, updatedAt }: Row): StoredProvider {
  const provider = IdentityProvider.parse({ ...(settings as object), id, updatedAt: updatedAt.toISOString() });
  return { workspaceId, provider, setByRole: asRole(setByRole) };
}
