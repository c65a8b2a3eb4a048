import { api } from '@clawster/contract/api';
import type { BotChannel } from '@clawster/contract/channel';
import { botThatCan } from '../bot/bot-that-can.ts';
import type { Caller } from '../caller.ts';
import { admit, parseInput } from '../enter.ts';
import type { ControlPlane } from '../plane.ts';
import { query, readAs } from '../query.ts';
import { botChannels } from './bot-channels.ts';

/** The channels of a bot, and how each was last seen. */
export const channelsOfBot = query(api.channels.ofBot, async ({ tx, caller }, { botId }) => ({
  items: await botChannels(tx, caller.workspaceId, botId),
}));

const timeoutMs = 45_000;

/** The same, after the bot has looked at the other side just now. It changes nothing, and so is in no event. */
export async function probeChannels(
  plane: ControlPlane,
  caller: Caller,
  raw: unknown,
): Promise<{ items: BotChannel[] }> {
  const admitted = admit(api.channels.probe, caller);
  const { botId } = parseInput(api.channels.probe, raw);
  await readAs(plane, admitted, (tx) => botThatCan(tx, botId, 'chat'));
  const { channels } = await plane.links.request(botId, { method: 'channel.probe', params: {} }, { timeoutMs });
  const items = await readAs(plane, admitted, (tx) => botChannels(tx, admitted.workspaceId, botId));
  return {
    items: items.map((item) => {
      const seen = channels.find(({ channel }) => channel === item.kind);
      if (!seen) return item;
      const { state, detail, checkedAt } = seen;
      return { ...item, status: { ...item.status, state, detail, seenAt: checkedAt } };
    }),
  };
}
