import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { open, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { initialisedMarker, type Place, placeFor } from './embedded-place.ts';
import { DatabaseTrouble } from './trouble.ts';

/** A running PostgreSQL in a data folder. `adminUrl` is its superuser's, for tests; the application uses `url`. */
export type EmbeddedPostgres = {
  url: string;
  adminUrl: string;
  pid: number;
  /** Whether it ran before: then it may belong to a server that works with it. */
  wasRunning: boolean;
  /** Whether it runs still. */
  isRunning(): boolean;
  stop(): Promise<void>;
};

type Options = {
  /** Trades durability for speed: only for databases that live as long as a test run. */
  forgetful?: boolean;
  onStep?: (step: string) => void;
};

const startSecondsMax = 60;

/**
 * Starts the PostgreSQL of a data folder, made on first use, or takes over the one a killed server left running.
 * It listens on a Unix socket in a private folder and on no port, so there is no password to keep.
 */
export async function startEmbedded(dataDirectory: string, options: Options = {}): Promise<EmbeddedPostgres> {
  const place = await placeFor(dataDirectory);
  if (!(await isInitialised(place))) {
    options.onStep?.('Creating the database');
    await initialise(place, options);
  }
  options.onStep?.('Starting PostgreSQL');
  const running = await runningPostmaster(place);
  const pid = running ?? (await startPostmaster(place, options));
  await waitUntilAnswering(place, pid);
  await ensureDatabase(place);
  return {
    url: urlOf(place, 'clawster', 'clawster'),
    adminUrl: urlOf(place, 'postgres', 'postgres'),
    pid,
    wasRunning: running !== undefined,
    isRunning: () => isAlive(pid),
    stop: () => stopPostmaster(pid),
  };
}

function urlOf(place: Place, user: string, database: string): string {
  return `postgres://${user}@localhost/${database}?host=${encodeURIComponent(place.sockets)}`;
}

async function isInitialised(place: Place): Promise<boolean> {
  return stat(join(place.data, initialisedMarker)).then(
    () => true,
    () => false,
  );
}

async function initialise(place: Place, options: Options): Promise<void> {
  // What a killed initdb left behind holds nothing yet, and would make the next one refuse.
  await emptyFolder(place);
  const log = await open(place.log, 'a', 0o600);
  try {
    const flags = [
      '--auth=trust',
      '--username=postgres',
      '--encoding=UTF8',
      '--locale=C',
      // Built into PostgreSQL: sorts the same on every machine, whatever locales it has.
      '--locale-provider=builtin',
      '--builtin-locale=C.UTF-8',
      ...(options.forgetful ? ['--no-sync'] : []),
    ];
    const child = launch(place, ['initdb', '-D', place.data, ...flags], log.fd);
    const [code] = (await once(child, 'exit')) as [number | null];
    if (code !== 0) throw await troubleFromLog(place, 'PostgreSQL could not create its data folder');
    const marker = await open(join(place.data, initialisedMarker), 'w', 0o600);
    await marker.close();
  } finally {
    await log.close();
  }
}

async function emptyFolder(place: Place): Promise<void> {
  const { readdir } = await import('node:fs/promises');
  for (const name of await readdir(place.data)) await rm(join(place.data, name), { recursive: true, force: true });
}

/** The postmaster named in this folder's lock file, if that process still lives and is one. */
async function runningPostmaster(place: Place): Promise<number | undefined> {
  const lines = (await readFile(join(place.data, 'postmaster.pid'), 'utf8').catch(() => '')).split('\n');
  const pid = Number(lines[0]);
  if (!pid || lines[4] !== place.sockets || !isAlive(pid)) return undefined;
  return (await answers(place)) || lines[7]?.startsWith('starting') ? pid : undefined;
}

async function startPostmaster(place: Place, options: Options): Promise<number> {
  const log = await open(place.log, 'a', 0o600);
  const settings = {
    listen_addresses: '',
    unix_socket_directories: place.sockets,
    unix_socket_permissions: '0700',
    max_connections: options.forgetful ? '200' : '60',
    shared_buffers: '64MB',
    // Whoever asks for a year of spans holds a lock on each day's partition, and on its indexes.
    max_locks_per_transaction: '1024',
    // Our statements are short: compiling them costs more than it saves.
    jit: 'off',
    ...(options.forgetful
      ? { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', autovacuum: 'off' }
      : {}),
  };
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  try {
    const child = launch(place, ['postgres', '-D', place.data, '-p', '5432', ...flags], log.fd);
    child.unref();
    if (!child.pid) throw await troubleFromLog(place, 'PostgreSQL could not be started');
    return child.pid;
  } finally {
    await log.close();
  }
}

/** Detached, so that Ctrl-C reaches the server alone, which then stops PostgreSQL last. */
function launch(place: Place, [program, ...parameters]: [string, ...string[]], log: number): ChildProcess {
  const child = spawn(join(place.binaries, 'bin', program), parameters, {
    ...place.owner,
    cwd: place.data,
    detached: true,
    stdio: ['ignore', log, log],
    env: { PATH: process.env['PATH'], LC_ALL: 'C', TZ: 'UTC' },
  });
  // Told by the exit code or by not answering; unheard, the event would end the process.
  child.on('error', () => child.emit('exit', 127));
  return child;
}

async function waitUntilAnswering(place: Place, pid: number): Promise<void> {
  const deadline = Date.now() + startSecondsMax * 1000;
  while (!(await answers(place))) {
    if (!isAlive(pid)) throw await troubleFromLog(place, 'PostgreSQL stopped while starting');
    if (Date.now() > deadline)
      throw await troubleFromLog(place, `PostgreSQL did not answer within ${startSecondsMax} seconds`);
    await sleep(25);
  }
}

async function answers(place: Place): Promise<boolean> {
  const client = new pg.Client({ connectionString: urlOf(place, 'postgres', 'postgres') });
  client.on('error', () => undefined);
  return client.connect().then(
    async () => (await client.end(), true),
    () => false,
  );
}

/** The application's role owns its database and is no superuser, so that row-level security holds for it. */
async function ensureDatabase(place: Place): Promise<void> {
  const client = new pg.Client({ connectionString: urlOf(place, 'postgres', 'postgres') });
  await client.connect();
  try {
    const { rows } = await client.query<{ role: boolean; database: boolean }>(`select
      exists (select from pg_roles where rolname = 'clawster') as role,
      exists (select from pg_database where datname = 'clawster') as database`);
    if (!rows[0]?.role) await client.query('create role clawster login');
    if (!rows[0]?.database) await client.query('create database clawster owner clawster');
  } finally {
    await client.end();
  }
}

/** Fast shutdown: sessions are cut, everything committed is kept. */
async function stopPostmaster(pid: number): Promise<void> {
  if (!isAlive(pid)) return;
  process.kill(pid, 'SIGINT');
  for (let waited = 0; isAlive(pid) && waited < 20_000; waited += 20) await sleep(20);
  if (isAlive(pid)) process.kill(pid, 'SIGQUIT');
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

async function troubleFromLog(place: Place, sentence: string): Promise<DatabaseTrouble> {
  const text = await readFile(place.log, 'utf8').catch(() => '');
  const said = text.trimEnd().split('\n').slice(-5).join(' · ');
  const hint = /No space left/.test(said) ? ': the disk is full, free some space and start again' : '';
  return new DatabaseTrouble(`${sentence}${hint}. Its log, ${place.log}, ends with: ${said || 'nothing'}`);
}
