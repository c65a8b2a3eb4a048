import type { PluginChannel } from './channel-plugin.ts';

/** An OpenClaw version, complete and verified, ready to be started by any number of bots. */
export type InstalledRuntime = {
  version: string;
  /** Holds `node_modules/openclaw/openclaw.mjs`. Never written to after installation. */
  directory: string;
  /** The Node binary this version is run with. */
  node: string;
  /** V8's compile cache, shared by all bots of this version. */
  compileCacheDirectory: string;
  /** Where its channel plugins are prepared, each in a folder named after its channel. */
  pluginsDirectory: string;
};

export type InstallProgress = { message: string; /** 0 to 1, never falling. */ progress: number };

export type InstallOptions = { onProgress?: (progress: InstallProgress) => void; signal?: AbortSignal };

/** The OpenClaw versions on this machine. */
export type RuntimeStore = {
  /** The version if it is wholly installed; half an installation is absent. */
  installed(version: string): Promise<InstalledRuntime | undefined>;
  /**
   * Installs a version once, however many ask, in this process or another. Throws an Error whose message
   * says what to do (registry unreachable, disk full, integrity); nothing half-made stays behind.
   */
  install(version: string, options?: InstallOptions): Promise<InstalledRuntime>;
  /** Where the plugin of a channel lies once it is prepared. */
  pluginDirectory(version: string, channel: PluginChannel): string;
  /** Whether the plugin of a channel is wholly prepared. */
  hasPlugin(version: string, channel: PluginChannel): Promise<boolean>;
  /** Prepares the plugin of a channel once, however many ask; throws as `install` does. */
  addPlugin(version: string, channel: PluginChannel, options?: InstallOptions): Promise<void>;
};
