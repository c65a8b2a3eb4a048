import { api } from '@clawster/contract/api';
import { pagedRows } from '../paged.ts';
import { query } from '../query.ts';
import { selectBackups, toBackup } from './backup.queries.ts';

/** Backups of the workspace or of one bot, newest first. */
export const listBackups = query(api.backups.list, async ({ tx }, { botId, ...page }) => {
  const all = botId ? selectBackups(tx).where('botId', '=', botId) : selectBackups(tx);
  return pagedRows(page, all.orderBy('createdAt', 'desc').orderBy('id'), toBackup);
});
