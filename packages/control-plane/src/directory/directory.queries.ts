import type { Directory } from '@clawster/contract/directory';
import type { HeldRole } from '@clawster/domain/role/role';
import { sql } from 'kysely';
import { knownPermissions } from '../role/role.queries.ts';
import type { Tx } from '../transaction.ts';

/** `ceiling` is what who connected it could do then: it decides over nobody, and gives no role, that may do more. */
export type StoredDirectory = { id: string; workspaceId: string; name: string; ceiling: HeldRole; createdAt: Date };

const columns = ['id', 'workspaceId', 'name', 'setByRole', 'setByPermissions', 'createdAt'] as const;

export async function findDirectory(tx: Tx, workspaceId: string): Promise<StoredDirectory | undefined> {
  const row = await tx
    .selectFrom('directory')
    .select(columns)
    .where('workspaceId', '=', workspaceId)
    .executeTakeFirst();
  return row && toStored(row);
}

/** The same, held until the transaction ends: what one directory asks for is done one after the other. */
export async function lockDirectory(tx: Tx, workspaceId: string): Promise<StoredDirectory | undefined> {
  const row = await tx
    .selectFrom('directory')
    .select(columns)
    .where('workspaceId', '=', workspaceId)
    .forUpdate()
    .executeTakeFirst();
  return row && toStored(row);
}

export async function insertDirectory(
  tx: Tx,
  { workspaceId, name, ceiling }: Omit<StoredDirectory, 'id' | 'createdAt'>,
): Promise<StoredDirectory> {
  const row = await tx
    .insertInto('directory')
    .values({ workspaceId, name, setByRole: ceiling.role, setByPermissions: [...ceiling.permissions] })
    .returning(columns)
    .executeTakeFirstOrThrow();
  return toStored(row);
}

export async function deleteDirectory(tx: Tx, workspaceId: string): Promise<void> {
  await tx.deleteFrom('directory').where('workspaceId', '=', workspaceId).execute();
}

type Row = {
  id: string;
  workspaceId: string;
  name: string;
  setByRole: string;
  setByPermissions: string[];
  createdAt: Date;
};

function toStored({ setByRole: role, setByPermissions, ...row }: Row): StoredDirectory {
  return { ...row, ceiling: { role, permissions: new Set(knownPermissions(setByPermissions)) } };
}

/** A directory as people see it. */
export async function describeDirectory(tx: Tx, stored: StoredDirectory): Promise<Directory> {
  const { id, workspaceId, name, ceiling, createdAt } = stored;
  const tokens = await tokensOf(tx, stored);
  const newest = tokens.find(({ expiresAt }) => expiresAt === null);
  const old = tokens.find(({ expiresAt }) => expiresAt !== null);
  const used = tokens.map(({ lastUsedAt }) => lastUsedAt?.getTime() ?? 0);
  const lastUsed = Math.max(0, ...used);
  return {
    id,
    name,
    setByRole: ceiling.role,
    createdAt: createdAt.toISOString(),
    prefix: newest?.prefix ?? '',
    tokenMadeAt: (newest?.createdAt ?? createdAt).toISOString(),
    ...(old?.expiresAt ? { oldTokenGoodUntil: old.expiresAt.toISOString() } : {}),
    ...(lastUsed > 0 ? { lastUsedAt: new Date(lastUsed).toISOString() } : {}),
    people: await countPeople(tx, workspaceId),
  };
}

/** Those that are good, the last to end first. */
function tokensOf(tx: Tx, { workspaceId, id }: StoredDirectory) {
  return tx
    .selectFrom('directoryToken')
    .select(['prefix', 'createdAt', 'expiresAt', 'lastUsedAt'])
    .where('workspaceId', '=', workspaceId)
    .where('directoryId', '=', id)
    .where(sql<boolean>`(expires_at is null or expires_at > now())`)
    .orderBy(sql`expires_at desc nulls first`)
    .execute();
}

async function countPeople(tx: Tx, workspaceId: string): Promise<Directory['people']> {
  return tx
    .selectFrom('directoryUser')
    .innerJoin('membership', (join) =>
      join
        .onRef('membership.workspaceId', '=', 'directoryUser.workspaceId')
        .onRef('membership.personId', '=', 'directoryUser.personId'),
    )
    .select([
      sql<number>`count(*) filter (where disabled_at is null)::int`.as('letIn'),
      sql<number>`count(*) filter (where disabled_at is not null)::int`.as('shut'),
      sql<number>`count(*) filter (where is_shut and active)::int`.as('inNoGroup'),
    ])
    .where('directoryUser.workspaceId', '=', workspaceId)
    .executeTakeFirstOrThrow();
}
