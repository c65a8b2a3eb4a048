import type { Resource } from '@clawster/domain/scim/read-resource';
import { type RawBuilder, sql } from 'kysely';
import type { Tx } from '../transaction.ts';

/** A user as stored: what the directory said, beside whose account it is. */
export type StoredUser = {
  personId: string;
  resource: Resource;
  madeAccount: boolean;
  version: number;
  createdAt: Date;
  updatedAt: Date;
};

function selectUsers(tx: Tx, workspaceId: string) {
  return tx
    .selectFrom('directoryUser')
    .select(['personId', 'userName', 'externalId', 'active', 'attributes', 'madeAccount', 'version'])
    .select(['createdAt', 'updatedAt'])
    .where('workspaceId', '=', workspaceId);
}

export async function findUser(tx: Tx, workspaceId: string, personId: string): Promise<StoredUser | undefined> {
  const row = await selectUsers(tx, workspaceId).where('personId', '=', personId).executeTakeFirst();
  return row && toUser(row);
}

/** The oldest first, so that a page stays what it was while others are added. */
export async function pageOfUsers(
  tx: Tx,
  workspaceId: string,
  { filter, offset, limit }: { filter: RawBuilder<boolean>; offset: number; limit: number },
): Promise<{ items: StoredUser[]; total: number }> {
  const { total } = await tx
    .selectFrom('directoryUser')
    .select(sql<number>`count(*)::int`.as('total'))
    .where('workspaceId', '=', workspaceId)
    .where(filter)
    .executeTakeFirstOrThrow();
  if (limit === 0) return { items: [], total };
  const rows = await selectUsers(tx, workspaceId)
    .where(filter)
    .orderBy('createdAt')
    .orderBy('personId')
    .offset(offset)
    .limit(limit)
    .execute();
  return { items: rows.map(toUser), total };
}

/** Which groups people are in, by their id. */
export async function groupsOf(
  tx: Tx,
  workspaceId: string,
  personIds: string[],
): Promise<Map<string, { value: string; display: string }[]>> {
  const rows = await tx
    .selectFrom('directoryGroupMember as member')
    .innerJoin('directoryGroup', (join) =>
      join
        .onRef('directoryGroup.id', '=', 'member.groupId')
        .onRef('directoryGroup.workspaceId', '=', 'member.workspaceId'),
    )
    .select(['member.personId', 'directoryGroup.id', 'directoryGroup.displayName'])
    .where('member.workspaceId', '=', workspaceId)
    .where(sql<boolean>`member.person_id = any(${personIds}::uuid[])`)
    .orderBy('directoryGroup.displayName')
    .execute();
  const groups = new Map<string, { value: string; display: string }[]>();
  for (const { personId, id, displayName } of rows)
    groups.set(personId, [...(groups.get(personId) ?? []), { value: id, display: displayName }]);
  return groups;
}

type NewUser = {
  workspaceId: string;
  directoryId: string;
  personId: string;
  madeAccount: boolean;
  isShut: boolean;
};

export async function insertUser(tx: Tx, user: NewUser, resource: Resource): Promise<void> {
  await tx
    .insertInto('directoryUser')
    .values({ ...user, ...columnsOf(resource), followsGroups: user.madeAccount })
    .execute();
}

export async function updateUser(
  tx: Tx,
  { workspaceId, personId }: { workspaceId: string; personId: string },
  resource: Resource,
): Promise<void> {
  await tx
    .updateTable('directoryUser')
    .set({ ...columnsOf(resource), version: sql<number>`version + 1`, updatedAt: sql<Date>`now()` })
    .where('workspaceId', '=', workspaceId)
    .where('personId', '=', personId)
    .execute();
}

function columnsOf({ userName, externalId, active, ...attributes }: Resource) {
  return {
    userName: userName as string,
    externalId: (externalId as string | undefined) ?? null,
    active: active as boolean,
    attributes,
  };
}

type Row = {
  personId: string;
  userName: string;
  externalId: string | null;
  active: boolean;
  attributes: unknown;
  madeAccount: boolean;
  version: number;
  createdAt: Date;
  updatedAt: Date;
};

function toUser({ userName, externalId, active, attributes, ...row }: Row): StoredUser {
  const resource: Resource = { ...(attributes as Resource), userName, active };
  return { ...row, resource: externalId === null ? resource : { ...resource, externalId } };
}
