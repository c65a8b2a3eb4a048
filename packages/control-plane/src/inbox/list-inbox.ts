import { api } from '@clawster/contract/api';
import type { ParsedInputOf } from '@clawster/contract/route';
import { sql } from 'kysely';
import { isVisible } from '../is-visible.ts';
import { paged } from '../paged.ts';
import { query } from '../query.ts';
import type { Tx } from '../transaction.ts';
import { selectItems, toItem } from './inbox.queries.ts';
import { personBehind } from './person-behind.ts';
import { canRead } from './show-item.ts';

/** What waits, that which expires first before all else; or what is over, the newest first. */
export const listInbox = query(api.inbox.list, async ({ tx, caller }, { cursor, limit, ...filter }) => {
  const personId = filter.mine ? await personBehind(tx, caller) : undefined;
  const asked = isAsked(filter, personId);
  return paged({ cursor, limit }, async (page) => {
    const items = await ordered(selectItems(tx).where(asked), filter.state)
      .orderBy('inboxItem.id')
      .offset(page.offset)
      .limit(page.limit)
      .execute();
    const { total } = await countItems(tx).where(asked).executeTakeFirstOrThrow();
    return { items: items.map((row) => toItem(row, canRead(row, caller))), total };
  });
});

/** How many wait, and how many of those were given to the caller. */
export const countInbox = query(api.inbox.count, async ({ tx, caller }) => {
  const personId = await personBehind(tx, caller);
  const open = isAsked({ state: 'open' });
  const mine = isAsked({ state: 'open', mine: true }, personId);
  return {
    open: (await countItems(tx).where(open).executeTakeFirstOrThrow()).total,
    mine: (await countItems(tx).where(mine).executeTakeFirstOrThrow()).total,
  };
});

function countItems(tx: Tx) {
  return tx
    .selectFrom('inboxItem')
    .select(sql<number>`count(*)::int`.as('total'))
    .where(isVisible('inboxItem'));
}

function ordered(items: ReturnType<typeof selectItems>, state: 'open' | 'over') {
  return state === 'open'
    ? items.orderBy('inboxItem.expiresAt', (order) => order.asc().nullsLast()).orderBy('inboxItem.createdAt')
    : items.orderBy('inboxItem.decidedAt', 'desc');
}

type Filter = Omit<ParsedInputOf<typeof api.inbox.list>, 'cursor' | 'limit'>;

function isAsked({ state, kind, teamId, mine }: Filter, personId?: string) {
  const isInState = state === 'open' ? sql`inbox_item.state = 'open'` : sql`inbox_item.state <> 'open'`;
  const isOfKind = kind ? sql`inbox_item.kind = ${kind}` : sql`true`;
  const isOfTeam = teamId ? sql`inbox_item.team_id = ${teamId}::uuid` : sql`true`;
  const isMine = mine ? sql`inbox_item.assignee_id = ${personId ?? null}::uuid` : sql`true`;
  return sql<boolean>`(${isInState} and ${isOfKind} and ${isOfTeam} and ${isMine})`;
}
