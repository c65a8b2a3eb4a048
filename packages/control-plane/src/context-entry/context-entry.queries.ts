import type { ContextEntry, Visibility } from '@clawster/contract/context-entry';
import { type RawBuilder, sql } from 'kysely';
import { isVisible } from '../is-visible.ts';
import type { Tx } from '../transaction.ts';

export type Author = ContextEntry['author'];
/** A bot of the team, which sees what it may. */
export type Reader = { botId: string; isLead: boolean };

/** All versions there are in the transaction's workspace. */
export function selectEntries(tx: Pick<Tx, 'selectFrom'>) {
  return tx
    .selectFrom('contextEntry')
    .select(['teamId', 'key', 'version', 'workspaceId', 'text', 'author', 'traceId', 'visibility', 'untrusted'])
    .select(['contextEntry.expiresAt', 'at', 'isLatest'])
    .where(isVisible('contextEntry'));
}
export type EntryRow = Awaited<ReturnType<ReturnType<typeof selectEntries>['executeTakeFirstOrThrow']>>;

/** Holds for what a team knows now: the newest of each key, unless it is that there is nothing any more, or its time is over. */
export const isKnown: RawBuilder<boolean> = sql<boolean>`(context_entry.is_latest and context_entry.text is not null
  and (context_entry.expires_at is null or context_entry.expires_at > now()))`;

/** Holds for what a bot may see: what is the team's, the lead's if it leads, what names it, and what it wrote itself. */
export function isSeenBy({ botId, isLead }: Reader): RawBuilder<boolean> {
  return sql<boolean>`(context_entry.visibility = '"team"'::jsonb
    or (context_entry.visibility = '"lead"'::jsonb and ${isLead}::boolean)
    or coalesce(context_entry.visibility -> 'bots', '[]'::jsonb) ? ${botId}::text
    or (context_entry.author ->> 'kind' = 'bot' and context_entry.author ->> 'id' = ${botId}::text))`;
}

/** Holds where the words are in the key or, for who may read it, in the text. */
export function holdsWords(search: string, readsText: boolean): RawBuilder<boolean> {
  const pattern = `%${search.toLowerCase().replaceAll(/[\\%_]/g, (sign) => `\\${sign}`)}%`;
  const inKey = sql`context_entry.key like ${pattern}`;
  return readsText
    ? sql<boolean>`(${inKey} or context_entry.words @@ plainto_tsquery('simple', ${search}))`
    : sql<boolean>`${inKey}`;
}

/** Holds for keys that begin so. */
export function beginsWith(prefix: string): RawBuilder<boolean> {
  return sql<boolean>`starts_with(context_entry.key, ${prefix})`;
}

/** An entry as it is told; its text to those who may read what was written. */
export function toEntry(row: EntryRow, readsText: boolean): ContextEntry {
  const { teamId, key, version, text, traceId, untrusted, expiresAt, at } = row;
  return {
    teamId,
    key,
    version,
    untrusted,
    ...(readsText && text !== null ? { text } : {}),
    author: row.author as Author,
    ...(traceId === null ? {} : { traceId }),
    visibility: row.visibility as Visibility,
    ...(expiresAt ? { expiresAt: expiresAt.toISOString() } : {}),
    isDeleted: text === null,
    at: at.toISOString(),
  };
}
