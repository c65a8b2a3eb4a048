import { api } from '@clawster/contract/api';
import type { Person } from '@clawster/contract/person';
import { sql } from 'kysely';
import type { SignedIn } from '../caller.ts';
import { paged } from '../paged.ts';
import { query } from '../query.ts';
import type { Tx } from '../transaction.ts';

export const listPeople = query(api.people.list, ({ tx, caller }, input) =>
  paged(input, (page) => pageOfPeople(tx, caller, page)),
);

/** Row-level security leaves the keys of this workspace alone. */
const keysInForce = sql<number>`(select count(*) from api_key
  where created_by = membership.person_id and service_account_id is null and api_key.workspace_id = membership.workspace_id
    and revoked_at is null and expires_at > now())`;

async function pageOfPeople(tx: Tx, caller: SignedIn, page: { offset: number; limit: number }) {
  const { workspaceId } = caller;
  const seesKeys = caller.permissions.has('api-key:read');
  const rows = await tx
    .selectFrom('membership')
    .innerJoin('person', 'person.id', 'membership.personId')
    .leftJoin('directoryUser', (join) =>
      join
        .onRef('directoryUser.workspaceId', '=', 'membership.workspaceId')
        .onRef('directoryUser.personId', '=', 'membership.personId'),
    )
    .leftJoin('directory', 'directory.id', 'directoryUser.directoryId')
    .select(['directory.name as directoryName', 'directoryUser.active', 'followsGroups', 'isShut'])
    .select(['person.id', 'person.name', 'person.email', 'membership.role', 'person.createdAt', 'person.lastSeenAt'])
    .select(['membership.disabledAt', keysInForce.as('apiKeyCount')])
    .select(sql<number>`count(*) over ()`.as('total'))
    .where('membership.workspaceId', '=', workspaceId)
    .orderBy('person.name')
    .orderBy('person.id')
    .offset(page.offset)
    .limit(page.limit)
    .execute();
  const items = rows.map(({ total: _total, apiKeyCount, directoryName, active, followsGroups, isShut, ...person }) => ({
    ...person,
    ...directoryIn({ directoryName, active, followsGroups, isShut }),
    createdAt: person.createdAt.toISOString(),
    lastSeenAt: person.lastSeenAt?.toISOString(),
    disabledAt: person.disabledAt?.toISOString(),
    ...(seesKeys ? { apiKeyCount } : {}),
  }));
  return { items, total: rows[0]?.total ?? 0 };
}

type Said = {
  directoryName: string | null;
  active: boolean | null;
  followsGroups: boolean | null;
  isShut: boolean | null;
};

function directoryIn({ directoryName, active, followsGroups, isShut }: Said): Pick<Person, 'directory'> {
  if (directoryName === null) return {};
  const standing = !active ? 'inactive' : isShut ? 'in-no-group' : 'active';
  return { directory: { name: directoryName, standing, followsGroups: followsGroups === true } };
}
