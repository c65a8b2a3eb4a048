import { resolve } from 'node:path';
import { openRuntimeStore } from './open-store.ts';
import type { InstalledRuntime } from './store.ts';
import { recommendedVersion } from './versions.ts';

/** Where tests keep installed OpenClaw versions, so that only the first run downloads one. */
export const testRuntimesDirectory = resolve(import.meta.dirname, '../../../.tools/test-runtimes');

/** A real OpenClaw for tests, installed on the first demand into a folder that all test runs share. */
export function testRuntime(version: string = recommendedVersion): Promise<InstalledRuntime> {
  const directory = process.env['CLAWSTER_TEST_RUNTIMES'] ?? testRuntimesDirectory;
  return openRuntimeStore({ directory }).install(version);
}
