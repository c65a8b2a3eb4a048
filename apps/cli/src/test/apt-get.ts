import { spawn } from 'node:child_process';
import { access } from 'node:fs/promises';
import type { Place } from './run-checks.ts';

/** What installs packages looks for programs that not everybody has on their path. */
const systemPath = `${process.env['PATH'] ?? ''}:/usr/sbin:/sbin`;

/** Installs packages of Debian's when this may: as root, where there is `apt-get`. Returns whether it tried. */
export async function aptInstall({ out }: Pick<Place, 'out'>, packages: string[]): Promise<boolean> {
  if (process.getuid?.() !== 0 || !(await firstThere(['/usr/bin/apt-get']))) return false;
  out.note(`Installing ${packages.join(' and ')} for the tests …`);
  await aptGet(['update', '-q']);
  await aptGet(['install', '-y', '-q', '--no-install-recommends', ...packages]);
  return true;
}

export async function firstThere(paths: string[]): Promise<string | undefined> {
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
    env: { ...process.env, PATH: systemPath, DEBIAN_FRONTEND: 'noninteractive' },
  });
  return new Promise((resolve) => child.on('error', () => resolve()).on('close', () => resolve()));
}
