import { resolve } from 'node:path';
import { openRuntimeStore } from './open-store.ts';
import type { PluginChannel } from './channel-plugin.ts';
import type { InstalledRuntime } from './store.ts';
import { recommendedVersion } from './versions.ts';

/** Where tests keep installed OpenClaw versions, so that only the first run downloads one. */
export const testRuntimesDirectory = resolve(import.meta.dirname, '../../../.tools/test-runtimes');

const directory = process.env['CLAWSTER_TEST_RUNTIMES'] ?? testRuntimesDirectory;

/** A real OpenClaw for tests, installed on the first demand into a folder that all test runs share. */
export function testRuntime(version: string = recommendedVersion): Promise<InstalledRuntime> {
  return openRuntimeStore({ directory }).install(version);
}

/** A channel's plugin of the real OpenClaw, prepared on the first demand beside it. */
export function testPlugin(channel: PluginChannel): Promise<void> {
  return openRuntimeStore({ directory }).addPlugin(recommendedVersion, channel);
}
