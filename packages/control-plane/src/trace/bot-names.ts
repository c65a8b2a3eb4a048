import { sql } from 'kysely';
import type { SignedIn } from '../caller.ts';
import type { Tx } from '../transaction.ts';

/** The names of those bots that are there: what a bot did outlives it. */
export async function botNames(tx: Tx, { workspaceId }: SignedIn, botIds: Iterable<string>): Promise<BotNames> {
  const rows = await tx
    .selectFrom('bot')
    .select(['id', 'name'])
    .where('workspaceId', '=', workspaceId)
    .where(sql<boolean>`id = any(${[...new Set(botIds)]}::uuid[])`)
    .execute();
  const names = new Map(rows.map(({ id, name }) => [id, name]));
  return (botId) => {
    const botName = names.get(botId);
    return botName === undefined ? { botId } : { botId, botName };
  };
}

/** A bot as it is told: with its name, where it has one still. */
export type BotNames = (botId: string) => { botId: string; botName?: string };
