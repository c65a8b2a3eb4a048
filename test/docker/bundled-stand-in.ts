import { execFile } from 'node:child_process';
import { cp, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import { installStandIn } from '@clawster/gateway/stand-in/runtime';
import { openRuntimeStore } from '@clawster/runtime/open-store';
import { recommendedVersion } from '@clawster/runtime/versions';
import type { InstalledRuntime } from '@clawster/runtime/store';
import { installRuntime } from '../faults/support/runtime.ts';

const root = resolve(import.meta.dirname, '../..');

/** A folder of runtimes that holds one: the strict stand-in of OpenClaw as one file, which runs in a container, too. */
export function installBundledStandIn(directory: string): Promise<void> {
  return installRuntime(directory, async (place) => {
    await installStandIn(place);
    const words = [resolve(root, 'apps/supervisor/build.mjs'), resolve(place, 'node_modules/openclaw/openclaw.mjs')];
    const cwd = resolve(root, 'packages/gateway');
    await promisify(execFile)(process.execPath, [...words, 'src/stand-in/openclaw.ts'], { cwd });
  });
}

/** The runtimes of such a folder, and one more, whose gateway never comes up. */
export function withBroken(directory: string, version: string) {
  const store = openRuntimeStore({ directory });
  return {
    ...store,
    async installed(asked: string): Promise<InstalledRuntime | undefined> {
      if (asked !== version) return store.installed(asked);
      const whole = await store.installed(recommendedVersion);
      if (!whole) return undefined;
      const broken = resolve(directory, `broken-${version}`);
      await cp(whole.directory, broken, { recursive: true });
      await writeFile(resolve(broken, 'node_modules/openclaw/openclaw.mjs'), 'process.exit(1);\n');
      return { ...whole, version, directory: broken };
    },
  };
}
