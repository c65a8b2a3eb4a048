import type { BotChannel } from '@clawster/contract/channel';
import { channelsOf } from '@clawster/domain/channel/channels-of';
import { channelStatus } from '@clawster/domain/channel/status';
import { ChannelState } from '@clawster/link/channel';
import { Refusal } from '@clawster/domain/refusal';
import { z } from 'zod';
import { getBot } from '../bot/bot.queries.ts';
import { databaseNow } from '../database-now.ts';
import type { Tx } from '../transaction.ts';
import { readChannels } from './channel-store.ts';

const Told = z.object({ channels: z.array(ChannelState).optional() });

/** The channels of a bot as they hold for it, and how each was last seen by its supervisor. */
export async function botChannels(tx: Tx, workspaceId: string, botId: string): Promise<BotChannel[]> {
  const { id, labels, spec } = await getBot(tx, botId);
  const link = await tx.selectFrom('link').select(['report', 'lastSeenAt']).where('botId', '=', id).executeTakeFirst();
  const told = Told.safeParse(link?.report ?? {}).data?.channels ?? [];
  const now = await databaseNow(tx);
  const heard = { desired: spec.desired, heardAt: link?.lastSeenAt ?? undefined, now };
  return channelsOf({ id, labels }, await readChannels(tx, workspaceId)).map((channel) => ({
    channelId: channel.id,
    name: channel.name,
    kind: channel.kind,
    settings: channel.settings,
    attachmentId: channel.attachment.id,
    ...(channel.attachment.selector ? { selector: channel.attachment.selector } : {}),
    status: channelStatus({ ...heard, seen: told.find((one) => one.channel === channel.kind) }),
  }));
}

/** One of them; refuses when the bot has no such channel. */
export async function botChannel(
  tx: Tx,
  workspaceId: string,
  { botId, channelId }: { botId: string; channelId: string },
): Promise<BotChannel> {
  const found = (await botChannels(tx, workspaceId, botId)).find((one) => one.channelId === channelId);
  if (!found) throw new Refusal('not-found', 'The bot has no such channel');
  return found;
}
