import { api } from '@clawster/contract/api';
import type { ContextEntry } from '@clawster/contract/context-entry';
import type { PageInput } from '@clawster/contract/page';
import { Refusal } from '@clawster/domain/refusal';
import { type RawBuilder, sql } from 'kysely';
import { isVisible } from '../is-visible.ts';
import { paged } from '../paged.ts';
import { query, type QueryContext } from '../query.ts';
import { refuseNoTeam } from '../team/team.queries.ts';
import { beginsWith, holdsWords, isKnown, selectEntries, toEntry } from './context-entry.queries.ts';

/** What a team knows, by key. Who may not read texts looks for words in keys alone. */
export const listContext = query(api.contextEntries.list, async (context, { teamId, prefix, search, ...page }) => {
  const { tx, caller } = context;
  await refuseNoTeam(tx, teamId);
  const readsText = caller.permissions.has('conversation:read');
  const begins = prefix ? beginsWith(prefix) : sql<boolean>`true`;
  const holds = search ? holdsWords(search, readsText) : sql<boolean>`true`;
  const asked = sql<boolean>`(context_entry.team_id = ${teamId}::uuid and ${isKnown} and ${begins} and ${holds})`;
  return read(context, { asked, newestFirst: false }, page);
});

/** All versions of an entry, the newest first. */
export const listContextHistory = query(api.contextEntries.history, async (context, { teamId, key, ...page }) => {
  await refuseNoTeam(context.tx, teamId);
  const asked = sql<boolean>`(context_entry.team_id = ${teamId}::uuid and context_entry.key = ${key})`;
  return read(context, { asked, newestFirst: true }, page);
});

/** One entry, as it is, or as it was at a version. */
export const getContextEntry = query(api.contextEntries.get, async ({ tx, caller }, { teamId, key, version }) => {
  await refuseNoTeam(tx, teamId);
  const row = await selectEntries(tx)
    .where('teamId', '=', teamId)
    .where('key', '=', key)
    .where(version === undefined ? isKnown : sql<boolean>`version = ${version}`)
    .executeTakeFirst();
  if (!row) throw noEntry(key, version);
  return toEntry(row, caller.permissions.has('conversation:read'));
});

/** What is said where there is nothing under a key. */
export function noEntry(key: string, version?: number): Refusal {
  const at = version === undefined ? '' : ` at version ${version}`;
  return new Refusal('not-found', `The team knows nothing under ${key}${at}: see what there is in its list`);
}

type Asked = { asked: RawBuilder<boolean>; newestFirst: boolean };

function read(
  { tx, caller }: QueryContext,
  { asked, newestFirst }: Asked,
  page: PageInput,
): Promise<{ items: ContextEntry[]; total: number; nextCursor?: string }> {
  const readsText = caller.permissions.has('conversation:read');
  return paged(page, async ({ offset, limit }) => {
    const rows = await selectEntries(tx)
      .where(asked)
      .orderBy('key')
      .orderBy('version', newestFirst ? 'desc' : 'asc')
      .offset(offset)
      .limit(limit)
      .execute();
    const { total } = await tx
      .selectFrom('contextEntry')
      .select(sql<number>`count(*)::int`.as('total'))
      .where(isVisible('contextEntry'))
      .where(asked)
      .executeTakeFirstOrThrow();
    return { items: rows.map((row) => toEntry(row, readsText)), total };
  });
}
