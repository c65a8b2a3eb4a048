import type { RevisionCause } from '@clawster/contract/revision';
import type { LayerStore } from '@clawster/domain/config/layers-of';
import type { CommandContext } from '../command.ts';
import { tellBots } from '../bot/tell-bots.ts';
import { type ConfiguredBot, readConfigured } from './configured-bot.ts';
import { impactOn } from './impact.ts';
import { lockLayers, readLayers } from './layer-store.ts';
import { byCaller, refuseUnfit, settleChange } from './settle.ts';

type StoreChange = {
  cause: RevisionCause;
  reason?: string;
  /** Whether a bot is concerned by the change, asked with what was before and with what is then. */
  concerns: (bot: ConfiguredBot, store: LayerStore) => boolean;
  write: () => Promise<void>;
  /** Bots hear of it also where their configuration stays the same, as with a new token. */
  told?: boolean;
};

/**
 * Makes a change to what bots are configured by, and has every bot it concerns take it over: refused whole when one of them
 * could not. Returns how many bots were told.
 */
export async function changeStores(context: CommandContext, change: StoreChange): Promise<number> {
  const { tx, caller } = context;
  const { workspaceId } = caller;
  await lockLayers(tx, workspaceId, 'change');
  const bots = await readConfigured(tx, workspaceId);
  const before = await readLayers(tx, workspaceId, bots);
  await change.write();
  const after = await readLayers(tx, workspaceId, bots);
  // What their connector says of them may be what was changed.
  const now = new Map((await readConfigured(tx, workspaceId)).map((bot) => [bot.id, bot]));
  const concerned = bots.filter((bot) => change.concerns(bot, before) || change.concerns(bot, after));
  const changed = impactOn(
    concerned.map((bot) => ({ before: bot, after: now.get(bot.id) ?? bot })),
    { before, after },
  );
  refuseUnfit(changed);
  const why = { cause: change.cause, reason: change.reason ?? '' };
  const settled = await settleChange(byCaller(context), changed, why);
  if (!change.told) return settled;
  const same = changed.filter(({ changes }) => changes.length === 0).map(({ bot }) => bot.id);
  await tellBots(tx, same);
  return settled + same.length;
}
