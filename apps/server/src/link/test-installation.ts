import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Bot, BotPhase } from '@clawster/contract/bot';
import { createBot } from '@clawster/control-plane/bot/create-bot';
import { getBot } from '@clawster/control-plane/bot/get-bot';
import type { SignedIn } from '@clawster/control-plane/caller';
import { keep } from '@clawster/control-plane/change';
import { loops } from '@clawster/control-plane/loops/loops';
import { loopRunner, type LoopRunner } from '@clawster/control-plane/loops/run-loops';
import type { ControlPlane } from '@clawster/control-plane/plane';
import { keyWrapper } from '@clawster/control-plane/secret/key-wrapper';
import { type OpenedSource, secretSources } from '@clawster/control-plane/secret/source/secret-sources';
import { createWorkspace } from '@clawster/control-plane/workspace/create-workspace';
import { testDatabase, type TestDatabase } from '@clawster/database/testing';
import { roleMatrix } from '@clawster/domain/role/role';
import type { RuntimeStore } from '@clawster/runtime/store';
import { attachLinks, type LinkServer } from './link-server.ts';
import { createLiveLinks } from './live-links.ts';
import { StandInHost } from './stand-in-host.ts';

export type TestInstallation = {
  database: TestDatabase;
  plane: ControlPlane;
  host: StandInHost;
  /** Another machine, for targets whose settings name it. */
  otherHost: StandInHost;
  caller: SignedIn;
  url: string;
  logged: { level: string; message: string; fields?: Record<string, unknown> | undefined }[];
  createBot(some?: Record<string, unknown>): Promise<Bot>;
  /** Waits until the bot is in this phase, or fails telling in which it is. */
  until(botId: string, phase: BotPhase): Promise<Bot>;
  /** Another process on the same database and host; it runs no loops by itself. */
  replica(name: string): ControlPlane;
  close(): Promise<void>;
};

export type TestOptions = {
  loops?: boolean;
  /** The loop of that name does not run. */
  without?: string | string[];
  runtimes?: Partial<RuntimeStore>;
  startsAtOnceMax?: number;
  /** In place of the two stand-in hosts. */
  connectTarget?: ControlPlane['connectTarget'];
  supervisorFile?: string;
  /** Where secrets are kept outside; absent: nowhere. */
  sources?: OpenedSource[];
  /** What two installations share: the host, the key, and the database of one that was restored. */
  host?: StandInHost;
  keys?: ControlPlane['keys'];
  database?: TestDatabase;
};

/** A control plane with PostgreSQL, a real link server and a host of stand-in supervisors; its loops run unless told not to. */
export async function testInstallation(options: TestOptions = {}): Promise<TestInstallation> {
  const database = options.database ?? (await testDatabase());
  const { http, url } = await listen();
  const host = options.host ?? new StandInHost();
  const otherHost = new StandInHost();
  const backupsDirectory = join(await mkdtemp(join(tmpdir(), 'clawster-backups-')), 'backups');
  const runner = loopRunner(loops.filter(({ name }) => ![options.without].flat().includes(name)));
  const logged: TestInstallation['logged'] = [];
  const links = createLiveLinks();
  const replica = (name: string): ControlPlane => ({
    db: database.db,
    keys,
    sources: secretSources(options.sources ?? []),
    links: { ...links, haltElsewhere: async () => [] },
    connectTarget:
      options.connectTarget ?? (async ({ settings }) => ((settings as { other?: boolean }).other ? otherHost : host)),
    startsAtOnceMax: () => options.startsAtOnceMax ?? 4,
    runtimes: { ...installedRuntimes, ...options.runtimes },
    settings: settingsOf({ name, url, backupsDirectory, supervisorFile: options.supervisorFile }),
    wake: (nouns) => runner.wake(nouns),
    log: (level, message, fields) => {
      logged.push({ level, message, fields });
    },
  });
  const keys = options.keys ?? keyWrapper(randomBytes(32));
  const plane = replica('test');
  const caller = await newWorkspace(plane);
  const stop = new AbortController();
  const server = attachLinks([http], plane, links);
  const running = options.loops === false ? Promise.resolve() : runLoops(runner, plane, stop.signal);
  return {
    database,
    plane,
    host,
    otherHost,
    caller,
    url,
    logged,
    replica,
    createBot: (some = {}) => createBot(plane, caller, { name: `bot-${randomBytes(4).toString('hex')}`, ...some }),
    until: (botId, phase) => waitFor(plane, caller, { botId, phase }),
    async close() {
      await close({ stop, running, server, http, database });
      await rm(dirname(backupsDirectory), { recursive: true, force: true });
    },
  };
}

type Settings = { name: string; url: string; backupsDirectory: string; supervisorFile: string | undefined };

function settingsOf({ name, url, backupsDirectory, supervisorFile }: Settings): ControlPlane['settings'] {
  return {
    replica: name,
    internalUrl: url,
    reconciles: true,
    version: '0.0.0',
    controlPlaneUrl: url,
    supervisorFile: supervisorFile ?? '/supervisor.mjs',
    backupsDirectory,
    checkpointsDirectory: '/nowhere/checkpoints',
    ownFiles: { folders: [], except: [], databaseFolder: '/nowhere' },
    keepDays: { spans: 90, usageHours: 400 },
    allowPrivateAddresses: true,
  };
}

async function listen(): Promise<{ http: Server; url: string }> {
  const http = createServer();
  await new Promise<void>((resolve) => {
    http.listen(0, '127.0.0.1', resolve);
  });
  return { http, url: `http://127.0.0.1:${(http.address() as AddressInfo).port}` };
}

async function runLoops(runner: LoopRunner, plane: ControlPlane, signal: AbortSignal): Promise<void> {
  await runner.run(plane, signal);
}

type Parts = {
  stop: AbortController;
  running: Promise<void>;
  server: LinkServer;
  http: Server;
  database: TestDatabase;
};

async function close({ stop, running, server, http, database }: Parts): Promise<void> {
  stop.abort();
  await running;
  await server.close();
  http.close();
  await database.close();
}

const installedRuntimes: RuntimeStore = {
  installed: async (version) => runtimeOf(version),
  install: async (version) => runtimeOf(version),
  pluginDirectory: (version, channel) => `/plugins/${version}/${channel}`,
  hasPlugin: async () => true,
  addPlugin: async () => undefined,
};

function runtimeOf(version: string) {
  return {
    version,
    directory: '/runtime',
    node: '/node',
    compileCacheDirectory: '/cache',
    pluginsDirectory: '/plugins',
  };
}

/** A workspace as set-up makes it, and its owner. */
export async function newWorkspace(plane: ControlPlane): Promise<SignedIn> {
  const workspaceId = randomUUID();
  const person = { id: randomUUID(), name: 'Ada' };
  await keep(plane, async (tx) => {
    await createWorkspace(tx, plane.keys, { id: workspaceId, name: 'Test' });
    await tx
      .insertInto('person')
      .values({ ...person, email: `${person.id}@example.com`, passwordHash: null })
      .execute();
    await tx.insertInto('membership').values({ workspaceId, personId: person.id, role: 'owner' }).execute();
  });
  return {
    kind: 'person',
    ...person,
    workspaceId,
    role: 'owner',
    permissions: roleMatrix.owner,
    address: '127.0.0.1',
    userAgent: 'test',
  };
}

async function waitFor(
  plane: ControlPlane,
  caller: SignedIn,
  { botId, phase }: { botId: string; phase: BotPhase },
): Promise<Bot> {
  const deadline = Date.now() + 60_000;
  for (;;) {
    const bot = await getBot(plane, caller, { botId });
    if (bot.status.phase === phase) return bot;
    if (Date.now() > deadline) throw new Error(`The bot is not ${phase} but ${bot.status.phase}: ${bot.status.reason}`);
    await new Promise((resolve) => {
      setTimeout(resolve, 50);
    });
  }
}
