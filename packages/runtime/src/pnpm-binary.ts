import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** The pnpm binary of this platform: a plain optional dependency, so that no install script has to run. */
export function pnpmBinary(): string {
  const platform = `${process.platform}-${process.arch}`;
  // On Alpine only the musl package is there, elsewhere on Linux only the other: pnpm itself chose by libc.
  for (const name of [`@pnpm/exe.${platform}`, `@pnpm/exe.${platform}-musl`]) {
    const file = binaryIn(name);
    if (file !== undefined) return file;
  }
  throw new Error(
    `Clawster's own installation has no pnpm for ${platform}. Install Clawster again without leaving out optional dependencies`,
  );
}

function binaryIn(name: string): string | undefined {
  try {
    const file = join(dirname(createRequire(import.meta.url).resolve(`${name}/package.json`)), 'pnpm');
    return existsSync(file) ? file : undefined;
  } catch {
    return undefined;
  }
}
