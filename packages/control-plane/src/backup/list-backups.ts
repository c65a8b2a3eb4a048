import { api } from '@clawster/contract/api';
import { sql } from 'kysely';
import { paged } from '../paged.ts';
import { query } from '../query.ts';
import { selectBackups, toBackup } from './backup.queries.ts';

/** Backups of the workspace or of one bot, newest first. */
export const listBackups = query(api.backups.list, async ({ tx }, { botId, ...page }) =>
  paged(page, async ({ offset, limit }) => {
    const all = botId ? selectBackups(tx).where('botId', '=', botId) : selectBackups(tx);
    const rows = await all.orderBy('createdAt', 'desc').orderBy('id').offset(offset).limit(limit).execute();
    const { total } = await all
      .clearSelect()
      .select(sql<number>`count(*)`.as('total'))
      .executeTakeFirstOrThrow();
    return { items: rows.map(toBackup), total };
  }),
);
