import { api } from '@clawster/contract/api';
import { sql } from 'kysely';
import { cutPage, readCursor } from '../page.ts';
import { query } from '../query.ts';
import { readMembers, selectTeams, toTeam } from './team.queries.ts';

const sortKey = sql<string>`lower(team.name)`;

/** Teams by name, with their leads and what is open. */
export const listTeams = query(api.teams.list, async ({ tx, caller }, { cursor, limit, search }) => {
  const found = search ? sql<boolean>`strpos(lower(team.name), lower(${search})) > 0` : sql<boolean>`true`;
  const after = readCursor(cursor);
  let page = selectTeams(tx)
    .where('workspaceId', '=', caller.workspaceId)
    .where(found)
    .select(sortKey.as('sortKey'))
    .orderBy(sortKey)
    .orderBy('id')
    .limit(limit + 1);
  if (after) page = page.where(sql<boolean>`(${sortKey}, id) > (${after.key}, ${after.id}::uuid)`);
  const rows = await page.execute();
  const { total } = await tx
    .selectFrom('team')
    .where('workspaceId', '=', caller.workspaceId)
    .where('deletedAt', 'is', null)
    .where(found)
    .select(sql<number>`count(*)::int`.as('total'))
    .executeTakeFirstOrThrow();
  const cut = cutPage(rows, limit, (last) => ({ key: last.sortKey, id: last.id }));
  const ids = cut.rows.map(({ id }) => id);
  const leads = new Map((await readMembers(tx, ids, { leads: true })).map((lead) => [lead.teamId, lead]));
  const items = cut.rows.flatMap((row) => {
    const lead = leads.get(row.id);
    return lead ? [toTeam(row, lead)] : [];
  });
  return { items, total, ...cut.next };
});
