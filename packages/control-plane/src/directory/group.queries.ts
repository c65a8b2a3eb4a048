import type { Resource } from '@clawster/domain/scim/read-resource';
import { type RawBuilder, sql } from 'kysely';
import type { Tx } from '../transaction.ts';

/** A group as stored, without its members. */
export type StoredGroup = {
  id: string;
  displayName: string;
  externalId: string | null;
  version: number;
  createdAt: Date;
  updatedAt: Date;
};

const columns = ['id', 'displayName', 'externalId', 'version', 'createdAt', 'updatedAt'] as const;

export function findGroup(tx: Tx, workspaceId: string, id: string): Promise<StoredGroup | undefined> {
  return tx
    .selectFrom('directoryGroup')
    .select(columns)
    .where('workspaceId', '=', workspaceId)
    .where('id', '=', id)
    .executeTakeFirst();
}

/** The oldest first. */
export async function pageOfGroups(
  tx: Tx,
  workspaceId: string,
  { filter, offset, limit }: { filter: RawBuilder<boolean>; offset: number; limit: number },
): Promise<{ items: StoredGroup[]; total: number }> {
  const { total } = await tx
    .selectFrom('directoryGroup')
    .select(sql<number>`count(*)::int`.as('total'))
    .where('workspaceId', '=', workspaceId)
    .where(filter)
    .executeTakeFirstOrThrow();
  if (limit === 0) return { items: [], total };
  const items = await tx
    .selectFrom('directoryGroup')
    .select(columns)
    .where('workspaceId', '=', workspaceId)
    .where(filter)
    .orderBy('createdAt')
    .orderBy('id')
    .offset(offset)
    .limit(limit)
    .execute();
  return { items, total };
}

export type GroupMember = { groupId: string; personId: string; userName: string };

/** Who is in groups: at most so many in all. */
export function membersOf(
  tx: Tx,
  workspaceId: string,
  { groupIds, limit }: { groupIds: string[]; limit: number },
): Promise<GroupMember[]> {
  return tx
    .selectFrom('directoryGroupMember as member')
    .innerJoin('directoryUser', (join) =>
      join
        .onRef('directoryUser.workspaceId', '=', 'member.workspaceId')
        .onRef('directoryUser.personId', '=', 'member.personId'),
    )
    .select(['member.groupId', 'member.personId', 'directoryUser.userName'])
    .where('member.workspaceId', '=', workspaceId)
    .where(sql<boolean>`member.group_id = any(${groupIds}::uuid[])`)
    .orderBy('member.personId')
    .limit(limit)
    .execute();
}

/** Of these ids those that are users of the directory. */
export async function usersAmong(tx: Tx, workspaceId: string, ids: string[]): Promise<Set<string>> {
  const rows = await tx
    .selectFrom('directoryUser')
    .select('personId')
    .where('workspaceId', '=', workspaceId)
    .where(sql<boolean>`person_id = any(${ids}::uuid[])`)
    .execute();
  return new Set(rows.map(({ personId }) => personId));
}

type Place = { workspaceId: string; id: string };

export async function insertGroup(
  tx: Tx,
  place: { workspaceId: string; directoryId: string },
  resource: Resource,
): Promise<string> {
  const { id } = await tx
    .insertInto('directoryGroup')
    .values({ ...place, ...columnsOf(resource) })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

export async function updateGroup(tx: Tx, { workspaceId, id }: Place, resource: Resource): Promise<void> {
  await tx
    .updateTable('directoryGroup')
    .set({ ...columnsOf(resource), version: sql<number>`version + 1`, updatedAt: sql<Date>`now()` })
    .where('workspaceId', '=', workspaceId)
    .where('id', '=', id)
    .execute();
}

export async function deleteGroup(tx: Tx, { workspaceId, id }: Place): Promise<void> {
  await tx.deleteFrom('directoryGroup').where('workspaceId', '=', workspaceId).where('id', '=', id).execute();
}

/** Puts people into a group; from then on their role follows their groups. */
export async function addMembers(tx: Tx, { workspaceId, id }: Place, personIds: string[]): Promise<void> {
  if (personIds.length === 0) return;
  await sql`insert into directory_group_member (workspace_id, group_id, person_id)
    select ${workspaceId}, ${id}, one from unnest(${personIds}::uuid[]) as one`.execute(tx);
  await tx
    .updateTable('directoryUser')
    .set({ followsGroups: true })
    .where('workspaceId', '=', workspaceId)
    .where('followsGroups', '=', false)
    .where(sql<boolean>`person_id = any(${personIds}::uuid[])`)
    .execute();
}

export async function dropMembers(tx: Tx, { workspaceId, id }: Place, personIds: string[]): Promise<void> {
  if (personIds.length === 0) return;
  await tx
    .deleteFrom('directoryGroupMember')
    .where('workspaceId', '=', workspaceId)
    .where('groupId', '=', id)
    .where(sql<boolean>`person_id = any(${personIds}::uuid[])`)
    .execute();
}

function columnsOf({ displayName, externalId }: Resource) {
  return { displayName: displayName as string, externalId: (externalId as string | undefined) ?? null };
}
