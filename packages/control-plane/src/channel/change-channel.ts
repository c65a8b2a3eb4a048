import { sql } from 'kysely';
import type { CommandContext } from '../command.ts';
import { type ConfiguredBot, readConfigured } from '../configuration/configured-bot.ts';
import { impactOn } from '../configuration/impact.ts';
import { lockLayers, readLayers } from '../configuration/layer-store.ts';
import { byCaller, refuseUnfit, settleChange } from '../configuration/settle.ts';
import { channelsOf, type StoredChannel } from '@clawster/domain/channel/channels-of';

/**
 * Makes a change to a channel or to whom it is attached, and has every bot it concerns take it over: refused whole when one
 * of them could not. `told`: bots hear of it also where their configuration stays the same, as with a new token. Returns how
 * many bots were told.
 */
export async function changeChannel(
  context: CommandContext,
  channel: { id: string; name: string },
  { write, told = false }: { write: () => Promise<void>; told?: boolean },
): Promise<number> {
  const { tx, caller } = context;
  const { workspaceId } = caller;
  await lockLayers(tx, workspaceId, 'change');
  const bots = await readConfigured(tx, workspaceId);
  const before = await readLayers(tx, workspaceId, bots);
  await write();
  const after = await readLayers(tx, workspaceId, bots);
  const concerned = bots.filter((bot) => has(bot, before.channels, channel.id) || has(bot, after.channels, channel.id));
  const changed = impactOn(
    concerned.map((bot) => ({ before: bot, after: bot })),
    { before, after },
  );
  refuseUnfit(changed);
  const cause = { kind: 'channel' as const, id: channel.id, name: channel.name };
  const settled = await settleChange(byCaller(context), changed, { cause, reason: '' });
  if (!told) return settled;
  const same = changed.filter(({ changes }) => changes.length === 0).map(({ bot }) => bot.id);
  await tellBots(context, same);
  return settled + same.length;
}

function has(bot: ConfiguredBot, channels: readonly StoredChannel[], channelId: string): boolean {
  return channelsOf(bot, channels).some(({ id }) => id === channelId);
}

/** A higher generation makes the loop send these bots what is new. */
async function tellBots({ tx }: CommandContext, ids: readonly string[]): Promise<void> {
  await tx
    .updateTable('bot')
    .set({ generation: sql<number>`generation + 1`, reconcileAt: sql<Date>`now()` })
    .where(sql<boolean>`id = any(${ids}::uuid[])`)
    .execute();
}
