import { api } from '@clawster/contract/api';
import { Refusal } from '@clawster/domain/refusal';
import { sql } from 'kysely';
import { isVisible } from '../is-visible.ts';
import { pagedRows } from '../paged.ts';
import { query } from '../query.ts';
import { mayTouchOthers, selectOrphans, toOrphan } from './orphan.queries.ts';

/** What lies on a target and nobody knows: this Clawster's own first, then by name. */
export const listOrphans = query(api.orphans.list, async ({ tx, caller }, { targetId, ...page }) => {
  const target = await tx
    .selectFrom('target')
    .select('id')
    .where('id', '=', targetId)
    .where(isVisible('target'))
    .executeTakeFirst();
  if (!target) throw new Refusal('not-found', 'There is no such target in this workspace');
  let all = selectOrphans(tx).where('targetId', '=', targetId);
  if (!mayTouchOthers(caller)) all = all.where('installation', '=', '');
  const ordered = all
    .orderBy('installation')
    .orderBy(sql`lower(name)`)
    .orderBy('id');
  return pagedRows(page, ordered, toOrphan);
});
