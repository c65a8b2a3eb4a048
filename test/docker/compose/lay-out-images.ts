import { execFile } from 'node:child_process';
import { copyFile, cp, mkdir, readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import { packagedBinaries } from '../../../packages/database/src/embedded-place.ts';
import { pnpmBinary } from '../../../packages/runtime/src/pnpm-binary.ts';

const run = promisify(execFile);
const postgresClients = '/usr/lib/postgresql';

/** Why the images that no registry gives here cannot be made, or undefined when they can. */
export async function whyNoImages(): Promise<string | undefined> {
  const versions = await readdir(postgresClients).catch(() => []);
  return versions.length > 0
    ? undefined
    : 'there is no psql: `./clawster test docker` installs Debian’s postgresql-client';
}

/** Lays out below `folder` what `build.yaml` builds: Node with pnpm, and a PostgreSQL like the official image. */
export async function layOutImages(folder: string): Promise<void> {
  await cp(join(import.meta.dirname, 'images'), folder, { recursive: true });
  await copyFile(process.execPath, join(folder, 'node/node'));
  await copyFile(pnpmBinary(), join(folder, 'node/pnpm'));
  const trusted = process.env['NODE_EXTRA_CA_CERTS'] ?? '/etc/ssl/certs/ca-certificates.crt';
  await copyFile(trusted, join(folder, 'node/certificates.crt'));
  await cp(packagedBinaries().directory, join(folder, 'postgres/native'), { recursive: true, verbatimSymlinks: true });
  await layOutClient(join(folder, 'postgres/client'));
}

/** Debian's programs with the libraries they need, but for those of the C library, which the base has. */
async function layOutClient(folder: string): Promise<void> {
  await mkdir(folder);
  const [newest] = (await readdir(postgresClients)).sort((one, other) => Number(other) - Number(one));
  const programs = ['psql', 'pg_isready'].map((name) => join(postgresClients, newest ?? '', 'bin', name));
  const { stdout } = await run('ldd', programs);
  const libraries = [...stdout.matchAll(/=> (\/\S+)/g)].map(([, file = '']) => file);
  const own = libraries.filter((file) => !/^lib(c|m|dl|rt|pthread|resolv)\.so/.test(basename(file)));
  for (const file of new Set([...programs, ...own])) await copyFile(file, join(folder, basename(file)));
}
