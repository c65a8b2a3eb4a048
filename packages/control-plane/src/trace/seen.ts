import { reachOf } from '@clawster/domain/role/reach';
import { type RawBuilder, sql } from 'kysely';
import { isReached } from '../access/is-reached.ts';
import type { SignedIn } from '../caller.ts';

/** The tables of what bots did, each with the bot and the workspace it is of. */
type Table = 'span' | 'turn' | 'tool' | 'text' | 'conversation' | 'usage' | 'latency' | 'gap';

/**
 * Holds for the rows of what bots did that the caller reaches. Row-level security holds it too: this is the wall in front of
 * it, and by it an index gives the rows. Rows outlive their bot; who reaches some bots only sees those that are there.
 */
export function isSeen(table: Table, { workspaceId, reach }: SignedIn): RawBuilder<boolean> {
  const ofWorkspace = sql<boolean>`${sql.ref(`${table}.workspace_id`)} = ${workspaceId}::uuid`;
  return reach ? sql<boolean>`(${ofWorkspace} and ${isAmongBots(table, { workspaceId, reach })})` : ofWorkspace;
}

function isAmongBots(table: Table, { workspaceId, reach }: Pick<SignedIn, 'workspaceId' | 'reach'>) {
  return sql<boolean>`${sql.ref(`${table}.bot_id`)} in (select bot.id from bot
    where bot.workspace_id = ${workspaceId}::uuid and ${isReached(reach)})`;
}

/** Whether the caller may read what was said, to any bot at all. */
export function readsText(caller: SignedIn): boolean {
  return reachOf(caller, 'conversation:read').length > 0;
}

/** Holds for the texts that the caller may read: of some bots they may see what was done, and not what was said. */
export function isReadable(caller: SignedIn): RawBuilder<boolean> {
  const reach = reachOf(caller, 'conversation:read');
  const seen = isSeen('text', caller);
  if (reach === 'all') return seen;
  if (reach.length === 0) return sql<boolean>`false`;
  return sql<boolean>`(${seen} and ${isAmongBots('text', { ...caller, reach })})`;
}
