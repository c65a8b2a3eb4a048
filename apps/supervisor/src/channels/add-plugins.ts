import { basename, join } from 'node:path';
import type { ChannelKind } from '@clawster/link/channel';
import { isPluginChannel, type PluginChannel } from '@clawster/runtime/channel-plugin';
import { placePlugin } from '@clawster/runtime/place-plugin';
import type { Host } from '../host.ts';
import { channelLabel } from './channel-states.ts';

/** Channels that OpenClaw's authors say run on Node alone. */
const needNode: readonly ChannelKind[] = ['telegram', 'whatsapp'];

/**
 * Puts the plugins that these channels need into the bot's state; OpenClaw never installs one itself, which would ask a
 * registry at each start. One that is not prepared on this host yet is left out, and the bot works without its channel.
 * Returns whether there is one now that was not there before.
 */
export async function addPlugins(host: Host, channels: readonly ChannelKind[]): Promise<boolean> {
  let isAdded = false;
  for (const channel of channels.filter(isPluginChannel)) {
    const outcome = await place(host, channel);
    if (outcome === 'placed') host.log('info', 'a plugin was added', { channel });
    isAdded ||= outcome === 'placed';
  }
  return isAdded;
}

async function place({ workload: { runtime }, folder, status }: Host, channel: PluginChannel) {
  if (runtime.pluginsDirectory === undefined) return 'not prepared';
  return placePlugin({
    channel,
    template: join(runtime.pluginsDirectory, channel),
    stateDirectory: folder.state,
    runtimeDirectory: runtime.directory,
    onPlacing: () => status.step('gateway', 'running', `Adding the ${channelLabel(channel)} plugin`),
  });
}

/** Says which of these channels cannot be expected to work on the program that this bot's OpenClaw runs on. */
export function tellNeedsNode({ workload, status }: Host, channels: readonly ChannelKind[]): void {
  const program = basename(workload.runtime.node);
  const affected = channels.filter((channel) => needNode.includes(channel)).map(channelLabel);
  if (!program.startsWith('bun') || affected.length === 0) return;
  status.evidence('supervisor', false, `${affected.join(' and ')} need Node, and this bot runs on ${program}`);
}
