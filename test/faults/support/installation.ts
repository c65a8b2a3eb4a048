import { randomBytes } from 'node:crypto';
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Client, createClient } from '@clawster/client/client';
import { startTcpProxy, type TcpProxy } from '@clawster/link/testing/tcp-proxy';
import { type FaultDatabase, startFaultDatabase } from './database.ts';
import { type RecordingModel, startRecordingModel } from '../../support/recording-model.ts';
import { endProcesses } from './processes.ts';
import { makeOwner } from './owner.ts';
import { installLoggedStandIn } from './runtime.ts';
import { tell } from './seeds.ts';
import { type ServerProcess, serverProcess } from './server-process.ts';

/** A whole Clawster of real processes: PostgreSQL, servers, supervisors; only OpenClaw is the stand-in. */
export type FaultInstallation = {
  folder: string;
  database: FaultDatabase;
  servers: ServerProcess[];
  /** What every supervisor dials in through: cut, all of this host's bots are cut off. */
  links: TcpProxy;
  /** Sends the supervisors to this server from their next try on. */
  sendLinksTo(server: ServerProcess): void;
  client(server?: ServerProcess): Client;
  /** Counts what it is asked; its key is one of the secrets. */
  model: RecordingModel;
  /** The connector to that model, which bots are made with. */
  connectorId: string;
  apiKey: string;
  /** Of the owner. */
  password: string;
  /** Where the gateways wrote down when they lived. */
  gatewayLog: string;
  botsFolder: string;
  /** What must be nowhere but where it belongs. */
  secrets: string[];
  close(): Promise<void>;
};

type Options = {
  servers?: number;
  environment?: Record<string, string>;
  /** What the first of the servers has besides. */
  firstEnvironment?: Record<string, string>;
  /** Given the empty folder PostgreSQL is about to be put into; returns what undoes it. */
  onDatabaseFolder?: (directory: string) => Promise<() => Promise<unknown>>;
};

export async function installForFaults({
  servers: count = 1,
  environment = {},
  firstEnvironment = {},
  onDatabaseFolder = async () => async () => undefined,
}: Options = {}): Promise<FaultInstallation> {
  const folder = await mkdtemp(join(tmpdir(), 'clawster-faults-'));
  await chmod(folder, 0o711);
  const gatewayLog = join(folder, 'gateways.jsonl');
  const botsFolder = join(folder, 'bots');
  const runtimes = join(folder, 'runtimes');
  await mkdir(join(folder, 'logs'), { mode: 0o700 });
  await installLoggedStandIn(runtimes, gatewayLog);
  await mkdir(join(folder, 'database'));
  const undoDatabaseFolder = await onDatabaseFolder(join(folder, 'database'));
  const database = await startFaultDatabase(join(folder, 'database'));
  const kek = `${randomBytes(32).toString('base64')}\n`;
  const servers: ServerProcess[] = [];
  let linksTo = 0;
  const links = await startTcpProxy(() => linksTo);
  for (let number = 0; number < count; number += 1) {
    const data = join(folder, `server-${number}`);
    await mkdir(data, { mode: 0o700 });
    await writeFile(join(data, 'kek'), kek, { mode: 0o600 });
    const port = await freePort();
    linksTo ||= port;
    servers.push(
      serverProcess({
        port,
        logFile: join(folder, 'logs', `server-${number}.log`),
        environment: {
          CLAWSTER_DATA_DIR: data,
          CLAWSTER_DATABASE_URL: database.url,
          CLAWSTER_RUNTIMES_DIR: runtimes,
          CLAWSTER_PUBLIC_URL: `http://127.0.0.1:${links.port}`,
          CLAWSTER_INTERNAL_URL: `http://127.0.0.1:${port}`,
          CLAWSTER_ALLOW_PRIVATE_ADDRESSES: 'true',
          ...environment,
          ...(number === 0 ? firstEnvironment : {}),
        },
      }),
    );
  }
  const first = servers[0] as ServerProcess;
  const { setupToken = '' } = await first.start();
  const owner = await makeOwner(first.url, setupToken);
  // Replicas on one machine share its folder of bots; three bots start at once, or nothing would ever be under way.
  await database.rows('update target set settings = $1', [
    JSON.stringify({ directory: botsFolder, startsAtOnceMax: 3, diskBytesMin: 1 }),
  ]);
  for (const server of servers.slice(1)) await server.start();
  const model = await startRecordingModel(`canary-${randomBytes(16).toString('hex')}`);
  const client = (server = first) => createClient({ baseUrl: server.url, apiKey: owner.apiKey });
  const { id: connectorId } = await client().connectors.create({
    name: 'Recorder',
    provider: 'openai-compatible',
    baseUrl: model.baseUrl,
    apiKey: model.key,
    model: 'recorder-1',
  });
  // What the server asked to see that the key is good is not a bot's.
  model.requests.splice(0);
  return {
    folder,
    database,
    servers,
    links,
    sendLinksTo: ({ url }) => void (linksTo = Number(new URL(url).port)),
    client,
    model,
    connectorId,
    apiKey: owner.apiKey,
    password: owner.password,
    gatewayLog,
    botsFolder,
    secrets: [owner.apiKey, owner.password, setupToken, kek.trim(), model.key],
    async close() {
      for (const server of servers) await server.end();
      await endProcesses(botsFolder);
      await Promise.all([links.close(), model.close()]);
      await database.close();
      await undoDatabaseFolder();
      if (process.env['CLAWSTER_FAULT_KEEP']) return tell(`kept: ${folder}`);
      await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
    },
  };
}

/** Gives `work` an installation of one server that is gone afterwards, whatever came of it. */
export async function withInstallation(work: (installation: FaultInstallation) => Promise<void>): Promise<void> {
  const installation = await installForFaults();
  try {
    await work(installation);
  } finally {
    await installation.close();
  }
}

async function freePort(): Promise<number> {
  const listening = createServer();
  await new Promise<void>((resolve) => listening.listen(0, '127.0.0.1', resolve));
  const { port } = listening.address() as AddressInfo;
  await new Promise((resolve) => listening.close(resolve));
  return port;
}
