import { api } from '@clawster/contract/api';
import { sql } from 'kysely';
import { cutPage, readCursor } from '../page.ts';
import { query } from '../query.ts';
import { selectDelegations, toDelegation } from './to-delegation.ts';

/** What bots were asked to do, the newest first. */
export const listDelegations = query(api.delegations.list, async ({ tx, caller }, { cursor, limit, ...asked }) => {
  const after = readCursor(cursor);
  const { teamId, botId, goalId, rootId, state } = asked;
  const fits = sql<boolean>`delegation.workspace_id = ${caller.workspaceId}::uuid
    and ${teamId === undefined ? sql`true` : sql`delegation.team_id = ${teamId}::uuid`}
    and ${botId === undefined ? sql`true` : sql`(to_bot_id = ${botId}::uuid or from_bot_id = ${botId}::uuid)`}
    and ${goalId === undefined ? sql`true` : sql`goal_id = ${goalId}::uuid`}
    and ${rootId === undefined ? sql`true` : sql`root_id = ${rootId}::uuid`}
    and ${state === undefined ? sql`true` : state === 'open' ? sql`ended_at is null` : sql`state = ${state}`}`;
  const found = await selectDelegations(tx)
    .where(fits)
    .where(
      after
        ? sql<boolean>`(delegation.requested_at, delegation.id) < (${after.key}::timestamptz, ${after.id}::uuid)`
        : sql<boolean>`true`,
    )
    .orderBy('delegation.requestedAt', 'desc')
    .orderBy('delegation.id', 'desc')
    .select(
      sql<string>`to_char(delegation.requested_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.USOF')`.as('exactAt'),
    )
    .limit(limit + 1)
    .execute();
  const { rows, next } = cutPage(found, limit, ({ exactAt, id }) => ({ key: exactAt, id }));
  const { total } = await tx
    .selectFrom('delegation')
    .where(fits)
    .select(sql<number>`count(*)::int`.as('total'))
    .executeTakeFirstOrThrow();
  const isRead = caller.permissions.has('conversation:read');
  const items = rows.map((row) => {
    const { progress, ...told } = toDelegation(row);
    return isRead && progress ? { ...told, progress } : told;
  });
  return { items, total, ...next };
});
