import { api } from '@clawster/contract/api';
import { sql } from 'kysely';
import { paged } from '../paged.ts';
import { query } from '../query.ts';
import { asRole } from '../session/session.queries.ts';
import type { Tx } from '../transaction.ts';

export const listPeople = query(api.people.list, ({ tx, caller }, input) =>
  paged(input, (page) => pageOfPeople(tx, caller.workspaceId, page)),
);

async function pageOfPeople(tx: Tx, workspaceId: string, page: { offset: number; limit: number }) {
  const rows = await tx
    .selectFrom('membership')
    .innerJoin('person', 'person.id', 'membership.personId')
    .select(['person.id', 'person.name', 'person.email', 'membership.role', 'person.createdAt', 'person.lastSeenAt'])
    .select(sql<number>`count(*) over ()`.as('total'))
    .where('membership.workspaceId', '=', workspaceId)
    .orderBy('person.name')
    .orderBy('person.id')
    .offset(page.offset)
    .limit(page.limit)
    .execute();
  const items = rows.map(({ total: _total, ...person }) => ({
    ...person,
    role: asRole(person.role),
    createdAt: person.createdAt.toISOString(),
    lastSeenAt: person.lastSeenAt?.toISOString(),
  }));
  return { items, total: rows[0]?.total ?? 0 };
}
