import { createHash } from 'node:crypto';
import { join } from 'node:path';

/** Channels whose plugin OpenClaw does not bring along; each is the package `@openclaw/<channel>`, of OpenClaw's own version. */
export const pluginChannels = ['slack', 'discord', 'whatsapp'] as const;
export type PluginChannel = (typeof pluginChannels)[number];

/** Whether a channel needs a plugin beside OpenClaw. */
export function isPluginChannel(channel: string): channel is PluginChannel {
  return (pluginChannels as readonly string[]).includes(channel);
}

/** Where the plugins of a version are prepared, each whole in a folder named after its channel. */
export function pluginsDirectoryOf(storeDirectory: string, version: string): string {
  return join(storeDirectory, 'plugins', version);
}

/** Written as the last thing: where it is, the plugin is whole. Holds the checksum of what was installed. */
export const pluginMark = 'clawster-plugin.json';

/** A plugin's package inside its folder. */
export function packageOf(directory: string, channel: PluginChannel): string {
  return join(directory, 'node_modules', '@openclaw', channel);
}

/**
 * Where OpenClaw looks for the plugin in a bot's state: a folder of the name that its own installer gives, from which it
 * reads what it trusts. Files are all there is to it; OpenClaw enters them into its database itself.
 */
export function projectIn(stateDirectory: string, channel: PluginChannel): string {
  const hash = createHash('sha256').update(`@openclaw/${channel}`).digest('hex').slice(0, 10);
  return join(stateDirectory, 'npm', 'projects', `openclaw-${channel}-${hash}`);
}
