import { spawn } from 'node:child_process';
import { access } from 'node:fs/promises';
import type { Place } from './run-checks.ts';

const places = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/snap/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

/** Makes sure the tests have a browser: finds one, or installs Debian's when it may; else says what to do. */
export async function bringChromium({ world, out }: Place): Promise<boolean> {
  const named = world.env['CLAWSTER_CHROMIUM'];
  const found = await firstThere(named ? [named] : places);
  if (found) {
    world.env['CLAWSTER_CHROMIUM'] = found;
    return true;
  }
  if (!named && process.getuid?.() === 0 && (await firstThere(['/usr/bin/apt-get']))) {
    out.note('Installing Chromium for the tests …');
    await aptGet(['update', '-q']);
    await aptGet(['install', '-y', '-q', '--no-install-recommends', 'chromium']);
    const installed = await firstThere(places);
    if (installed) world.env['CLAWSTER_CHROMIUM'] = installed;
    if (installed) return true;
  }
  out.note(
    'These tests need Chromium. Install it (Debian: apt-get install chromium), or name yours in CLAWSTER_CHROMIUM.',
  );
  return false;
}

async function firstThere(paths: string[]): Promise<string | undefined> {
  for (const path of paths)
    if (
      await access(path).then(
        () => true,
        () => false,
      )
    )
      return path;
  return undefined;
}

function aptGet(args: string[]): Promise<void> {
  const child = spawn('apt-get', args, {
    stdio: ['ignore', 2, 2],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  });
  return new Promise((resolve) => child.on('error', () => resolve()).on('close', () => resolve()));
}
