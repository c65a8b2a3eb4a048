import type { ChannelKind } from '@clawster/link/channel';
import { isPluginChannel, type PluginChannel } from '@clawster/runtime/channel-plugin';
import type { ConnectedTarget } from '@clawster/target/target';
import { sql } from 'kysely';
import { keep } from '../change.ts';
import type { ControlPlane, TargetRow } from '../plane.ts';
import { withDeadline } from '../reconcile/observe.ts';

/** A plugin is some 10 MB to download. */
const firstMsMax = 20_000;
/** It is some 80 MB for a target that may be far away. */
const placeMsMax = 10 * 60_000;

type Plugin = { version: string; channel: PluginChannel };
type Needed = { version: string; channels: readonly ChannelKind[]; target: ConnectedTarget | undefined };

/**
 * Prepares the plugins that a bot is about to need, and places them where it runs, so that it has them at its start. What
 * cannot be prepared now holds nothing up: the bot works without the channel, says so, and gets it once it is there.
 */
export async function preparePlugins(plane: ControlPlane, { version, channels, target }: Needed): Promise<void> {
  const signal = AbortSignal.timeout(firstMsMax);
  for (const channel of channels.filter(isPluginChannel)) {
    const plugin = { version, channel };
    const ready = prepare(plane, plugin, signal).then(() => place(plane, plugin, target));
    // What takes longer goes on, and is found by whoever looks for it next.
    await withDeadline(ready, firstMsMax).catch(() => undefined);
  }
}

/**
 * Prepares the plugins that bots say they miss, and places them where these run; throws the last reason when one could not
 * be, and the next pass tries again.
 */
export async function prepareMissingPlugins(plane: ControlPlane, signal: AbortSignal): Promise<void> {
  let trouble: unknown;
  for (const { version, channel, ...target } of await missingPlugins(plane)) {
    if (!isPluginChannel(channel)) continue;
    const plugin = { version, channel };
    const ready = prepare(plane, plugin, signal).then(async () =>
      withDeadline(place(plane, plugin, await plane.connectTarget(target)), placeMsMax),
    );
    await ready.catch((error: unknown) => {
      trouble = error;
    });
  }
  if (trouble) throw trouble;
}

async function prepare({ runtimes }: ControlPlane, { version, channel }: Plugin, signal: AbortSignal): Promise<void> {
  if (!(await runtimes.hasPlugin(version, channel))) await runtimes.addPlugin(version, channel, { signal });
}

async function place({ runtimes }: ControlPlane, plugin: Plugin, target: ConnectedTarget | undefined): Promise<void> {
  await target?.placePlugin?.({ ...plugin, directory: runtimes.pluginDirectory(plugin.version, plugin.channel) });
}

/** By what the bots last reported. */
function missingPlugins(plane: ControlPlane): Promise<(TargetRow & { version: string; channel: ChannelKind })[]> {
  return keep(plane, (tx) =>
    tx
      .selectFrom('link')
      .innerJoin('bot', 'bot.id', 'link.botId')
      .innerJoin('target', 'target.id', 'bot.targetId')
      .innerJoin(
        sql<{ value: { channel: ChannelKind; state: string } }>`jsonb_array_elements(link.report->'channels')`.as(
          'told',
        ),
        (join) => join.onTrue(),
      )
      .where(sql<boolean>`told.value->>'state' = 'missing-plugin'`)
      .where('bot.removedAt', 'is', null)
      .select([
        'target.id',
        'target.kind',
        'target.settings',
        sql<string>`bot.spec->>'runtimeVersion'`.as('version'),
        sql<ChannelKind>`told.value->>'channel'`.as('channel'),
      ])
      .distinct()
      .execute(),
  );
}
