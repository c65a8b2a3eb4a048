import type { ChannelKind } from '@clawster/link/channel';
import { isPluginChannel } from '@clawster/runtime/channel-plugin';
import { sql } from 'kysely';
import { keep } from '../change.ts';
import type { ControlPlane } from '../plane.ts';

/** A plugin is some 10 MB to download. */
const firstMsMax = 20_000;

/**
 * Prepares the plugins that a bot on this machine is about to need, so that it has them at its start. What cannot be
 * prepared now holds nothing up: the bot works without the channel, says so, and gets it once it is there.
 */
export async function preparePlugins(
  plane: ControlPlane,
  version: string,
  channels: readonly ChannelKind[],
): Promise<void> {
  const signal = AbortSignal.timeout(firstMsMax);
  for (const channel of channels.filter(isPluginChannel)) {
    if (await plane.runtimes.hasPlugin(version, channel)) continue;
    await plane.runtimes.addPlugin(version, channel, { signal }).catch(() => undefined);
  }
}

/** Prepares the plugins that bots say they miss; throws the last reason when one could not be, and the next pass tries again. */
export async function prepareMissingPlugins(plane: ControlPlane, signal: AbortSignal): Promise<void> {
  let trouble: unknown;
  for (const { version, channel } of await missingPlugins(plane)) {
    if (!isPluginChannel(channel) || (await plane.runtimes.hasPlugin(version, channel))) continue;
    await plane.runtimes.addPlugin(version, channel, { signal }).catch((error: unknown) => {
      trouble = error;
    });
  }
  if (trouble) throw trouble;
}

/** By what the bots last reported. */
function missingPlugins(plane: ControlPlane): Promise<{ version: string; channel: ChannelKind }[]> {
  return keep(plane, (tx) =>
    tx
      .selectFrom('link')
      .innerJoin('bot', 'bot.id', 'link.botId')
      .innerJoin(
        sql<{ value: { channel: ChannelKind; state: string } }>`jsonb_array_elements(link.report->'channels')`.as(
          'told',
        ),
        (join) => join.onTrue(),
      )
      .where(sql<boolean>`told.value->>'state' = 'missing-plugin'`)
      .where('bot.removedAt', 'is', null)
      .select([
        sql<string>`bot.spec->>'runtimeVersion'`.as('version'),
        sql<ChannelKind>`told.value->>'channel'`.as('channel'),
      ])
      .distinct()
      .execute(),
  );
}
