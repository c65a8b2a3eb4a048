import { closeCode } from '@clawster/link/handshake';
import { sql } from 'kysely';
import type { Tx } from '../transaction.ts';
import { LinkRefused } from './link-refused.ts';

export type OpenLink = {
  botId: string;
  workspaceId: string;
  botName: string;
  epoch: number;
  /** The generation that wants the bot to take no turns, if it does: said at once, for who was away may have missed it. */
  standsStillAt?: number;
};

/** The bot that wants a link, with its row locked; a destroyed one gets none. */
export async function lockBotForLink(tx: Tx, botId: string) {
  const bot = await tx
    .selectFrom('bot')
    .select(['id', 'name', 'workspaceId', 'publicKey', 'generation', sql<string>`spec->>'desired'`.as('desired')])
    .where('id', '=', botId)
    .forUpdate()
    .executeTakeFirst();
  if (!bot) throw new LinkRefused(closeCode.unauthenticated, 'Unknown bot or wrong credentials');
  if (bot.desired === 'destroyed') throw new LinkRefused(closeCode.revoked, 'The bot was destroyed');
  return bot;
}

/**
 * Begins a link under a higher epoch: what an older link of this bot still sends is void, and all configuration is sent
 * anew. The bot is heard with its first report, not before: what it told last may be hours old.
 */
export async function openLink(
  tx: Tx,
  bot: Awaited<ReturnType<typeof lockBotForLink>>,
  by: { replica: string; supervisorVersion: string; generation?: number },
): Promise<OpenLink> {
  const fresh = {
    replica: by.replica,
    supervisorVersion: by.supervisorVersion,
    connectedAt: sql<Date>`now()`,
    disconnectedAt: null,
    declined: null,
    configuredGeneration: 0,
  };
  const { epoch } = await tx
    .insertInto('link')
    .values({ botId: bot.id, workspaceId: bot.workspaceId, epoch: 1, ...fresh })
    .onConflict((conflict) => conflict.column('botId').doUpdateSet({ ...fresh, epoch: sql<number>`link.epoch + 1` }))
    .returning('epoch')
    .executeTakeFirstOrThrow();
  // What it was given since the backup this copy was restored from must not make our own look old.
  const isBehind = by.generation !== undefined && by.generation > bot.generation;
  const generation = isBehind ? (by.generation ?? 0) + 1 : bot.generation;
  await tx
    .updateTable('bot')
    .set({ reconcileAt: sql<Date>`now()`, ...(isBehind ? { generation } : {}) })
    .where('id', '=', bot.id)
    .execute();
  const standsStill = bot.desired === 'running' ? {} : { standsStillAt: generation };
  return { botId: bot.id, workspaceId: bot.workspaceId, botName: bot.name, epoch, ...standsStill };
}
