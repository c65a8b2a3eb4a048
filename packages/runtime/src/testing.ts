import { join } from 'node:path';
import { openRuntimeStore } from './open-store.ts';
import type { InstalledRuntime } from './store.ts';
import { recommendedVersion } from './versions.ts';

/** A real OpenClaw for tests, installed on the first demand into a folder that all test runs share. */
export function testRuntime(version: string = recommendedVersion): Promise<InstalledRuntime> {
  const directory =
    process.env['CLAWSTER_TEST_RUNTIMES'] ?? join(import.meta.dirname, '../../../.clawster-test/runtimes');
  return openRuntimeStore({ directory }).install(version);
}
