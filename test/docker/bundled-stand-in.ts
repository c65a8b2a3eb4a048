import { execFile } from 'node:child_process';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import { installStandIn } from '@clawster/gateway/stand-in/runtime';
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
