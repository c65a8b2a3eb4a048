import { IdentityProvider, type SetIdentityProvider } from '@clawster/contract/sso';
import type { HeldRole } from '@clawster/domain/role/role';
import { sql } from 'kysely';
import { knownPermissions } from '../role/role.queries.ts';
import type { Tx } from '../transaction.ts';

/** Where a provider's client secret is kept. */
export const secretPlace = (workspaceId: string, providerId: string) =>
  ({ workspaceId, ownerKind: 'identity-provider', ownerId: providerId, field: 'client-secret' }) as const;

/** `ceiling` is what who set it up could do then: it lets nobody in who may do more. */
export type StoredProvider = { workspaceId: string; provider: IdentityProvider; ceiling: HeldRole };

const columns = ['id', 'workspaceId', 'settings', 'setByRole', 'setByPermissions', 'updatedAt'] as const;

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

type Values = { workspaceId: string; settings: Omit<SetIdentityProvider, 'clientSecret'>; ceiling: HeldRole };

/** Puts a provider in place of the one before, under the same id. */
export async function saveProvider(tx: Tx, values: Values): Promise<StoredProvider> {
  const { workspaceId, settings, ceiling } = values;
  const set = { settings, setByRole: ceiling.role, setByPermissions: [...ceiling.permissions] };
  const row = await tx
    .insertInto('identityProvider')
    .values({ workspaceId, ...set })
    .onConflict((conflict) => conflict.column('workspaceId').doUpdateSet({ ...set, updatedAt: sql<Date>`now()` }))
    .returning(columns)
    .executeTakeFirstOrThrow();
  return toProvider(row);
}

export async function deleteProvider(tx: Tx, workspaceId: string): Promise<void> {
  await tx.deleteFrom('identityProvider').where('workspaceId', '=', workspaceId).execute();
}

type Row = {
  id: string;
  workspaceId: string;
  settings: unknown;
  setByRole: string;
  setByPermissions: string[];
  updatedAt: Date;
};

function toProvider({ id, workspaceId, settings, setByRole: role, setByPermissions, updatedAt }: Row): StoredProvider {
  const provider = IdentityProvider.parse({ ...(settings as object), id, updatedAt: updatedAt.toISOString() });
  return { workspaceId, provider, ceiling: { role, permissions: new Set(knownPermissions(setByPermissions)) } };
}
