import { sql } from 'kysely';
import type { Tx } from '../transaction.ts';
import type { StoredDirectory } from './directory.queries.ts';

/** Keeps a new token of a directory, by its hash alone. */
export async function insertToken(
  tx: Tx,
  { workspaceId, id }: StoredDirectory,
  token: { prefix: string; valueHash: Buffer },
): Promise<void> {
  await tx
    .insertInto('directoryToken')
    .values({ workspaceId, directoryId: id, ...token })
    .execute();
}

/** Lets all tokens that are good end then, unless they end before; when that is. */
export async function endTokens(tx: Tx, { workspaceId, id }: StoredDirectory, overlapHours: number): Promise<Date> {
  const rows = await tx
    .updateTable('directoryToken')
    .set({ expiresAt: sql<Date>`least(expires_at, now() + make_interval(hours => ${overlapHours}))` })
    .where('workspaceId', '=', workspaceId)
    .where('directoryId', '=', id)
    .where(sql<boolean>`(expires_at is null or expires_at > now())`)
    .returning('expiresAt')
    .execute();
  return new Date(Math.max(0, ...rows.map(({ expiresAt }) => expiresAt?.getTime() ?? 0)));
}

/** The directory whose token this is, while it is good. */
export function findByToken(tx: Tx, valueHash: Buffer) {
  return tx
    .selectFrom('directoryToken')
    .innerJoin('directory', 'directory.id', 'directoryToken.directoryId')
    .select(['directory.id', 'directory.workspaceId', 'directory.name'])
    .select(['directoryToken.id as tokenId', 'directoryToken.lastUsedAt'])
    .where('valueHash', '=', valueHash)
    .where(sql<boolean>`(expires_at is null or expires_at > now())`)
    .executeTakeFirst();
}

export async function touchToken(tx: Tx, id: string): Promise<void> {
  await tx
    .updateTable('directoryToken')
    .set({ lastUsedAt: sql<Date>`now()` })
    .where('id', '=', id)
    .execute();
}
