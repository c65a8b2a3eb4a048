import { api } from '@clawster/contract/api';
import { sql } from 'kysely';
import { isVisible } from '../is-visible.ts';
import { paged } from '../paged.ts';
import { query } from '../query.ts';
import { selectChannels, toChannel } from './channel.queries.ts';

/** Channels by name, a page at a time. */
export const listChannels = query(api.channels.list, ({ tx }, { search, ...page }) =>
  paged(page, async ({ offset, limit }) => {
    const found = search ? sql<boolean>`strpos(lower(channel.name), lower(${search})) > 0` : sql<boolean>`true`;
    const { total } = await tx
      .selectFrom('channel')
      .where(isVisible('channel'))
      .where(found)
      .select(sql<number>`count(*)::int`.as('total'))
      .executeTakeFirstOrThrow();
    const rows = await selectChannels(tx)
      .where(found)
      .orderBy(sql`lower(channel.name)`)
      .offset(offset)
      .limit(limit)
      .execute();
    return { items: rows.map(toChannel), total };
  }),
);
