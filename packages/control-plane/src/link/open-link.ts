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

export type LockedBot = Awaited<ReturnType<typeof lockBotsForLink>>[number];

/** Those of these bots that there are, with their rows locked: in order, as whoever else takes many does. */
export function lockBotsForLink(tx: Tx, botIds: string[]) {
  return tx
    .selectFrom('bot')
    .select(['id', 'name', 'workspaceId', 'publicKey', 'generation', sql<string>`spec->>'desired'`.as('desired')])
    .where(sql<boolean>`id = any(${botIds}::uuid[])`)
    .orderBy('id')
    .forNoKeyUpdate()
    .execute();
}

/** Why this bot gets no link, or undefined when it does; a destroyed one gets none. */
export function whyNoLink(bot: LockedBot | undefined): LinkRefused | undefined {
  if (!bot) return new LinkRefused(closeCode.unauthenticated, 'Unknown bot or wrong credentials');
  if (bot.desired === 'destroyed') return new LinkRefused(closeCode.revoked, 'The bot was destroyed');
  return undefined;
}

/** A bot whose supervisor proved who it is; `generation`: of what it was given last. */
export type Admitted = { bot: LockedBot; supervisorVersion: string; generation?: number | undefined };

/**
 * Begins a link of each bot under a higher epoch: what an older link still sends is void, and all configuration is sent
 * anew. A bot is heard with its first report, not before: what it told last may be hours old. Resolves with the links in
 * the order of the bots, of which none may come twice.
 */
export async function openLinks(tx: Tx, replica: string, admitted: Admitted[]): Promise<OpenLink[]> {
  const ids = admitted.map(({ bot }) => bot.id);
  const { rows: links } = await sql<{ botId: string; epoch: number }>`
    insert into link (bot_id, workspace_id, epoch, replica, supervisor_version, connected_at, configured_generation)
    select bot_id, workspace_id, 1, ${replica}, version, now(), 0
    from unnest(${ids}::uuid[], ${admitted.map(({ bot }) => bot.workspaceId)}::uuid[],
      ${admitted.map(({ supervisorVersion }) => supervisorVersion)}::text[]) as told (bot_id, workspace_id, version)
    on conflict (bot_id) do update set replica = excluded.replica, supervisor_version = excluded.supervisor_version,
      connected_at = excluded.connected_at, disconnected_at = null, declined = null, configured_generation = 0,
      epoch = link.epoch + 1
    returning bot_id, epoch`.execute(tx);
  // What it was given since the backup this copy was restored from must not make our own look old.
  const { rows: bots } = await sql<{ id: string; generation: number }>`
    update bot set reconcile_at = now(),
      generation = case when told.generation > bot.generation then told.generation + 1 else bot.generation end
    from unnest(${ids}::uuid[], ${admitted.map(({ generation }) => generation ?? null)}::int[]) as told (id, generation)
    where bot.id = told.id
    returning bot.id, bot.generation`.execute(tx);
  const epochs = new Map(links.map(({ botId, epoch }) => [botId, epoch]));
  const generations = new Map(bots.map(({ id, generation }) => [id, generation]));
  return admitted.map(({ bot }) => ({
    botId: bot.id,
    workspaceId: bot.workspaceId,
    botName: bot.name,
    epoch: epochs.get(bot.id) ?? 0,
    ...(bot.desired === 'running' ? {} : { standsStillAt: generations.get(bot.id) ?? bot.generation }),
  }));
}
