import { hostname } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { eventHubOf } from '@clawster/control-plane/event/event-hub';
import { loopRunner } from '@clawster/control-plane/loops/run-loops';
import type { ControlPlane } from '@clawster/control-plane/plane';
import { whyNotOpenSecrets } from '@clawster/control-plane/secret/check-keys';
import { openFileKeyWrapper } from '@clawster/control-plane/secret/key-wrapper';
import { issueSetupToken } from '@clawster/control-plane/setup/issue-setup-token';
import { openRuntimeStore } from '@clawster/runtime/open-store';
import type { Server } from 'node:http';
import type { Logger } from 'pino';
import type { Config } from './config.ts';
import { openApp } from './http/open-app.ts';
import { attachLinks } from './link/link-server.ts';
import { createLiveLinks, type LiveLinks } from './link/live-links.ts';
import { prepareDataDirectory, removeServerFile, StartTrouble, writeServerFile } from './server-file.ts';
import { type RunningDatabase, startDatabase } from './start-database.ts';
import { targetConnections } from './target-connections.ts';
import { version } from './version.ts';

export type RunningServer = { url: string; port: number; setupToken: string | undefined; stop(): Promise<void> };

/** Starts everything the roles ask for; resolves when requests are answered. */
export async function startServer(config: Config, log: Logger): Promise<RunningServer> {
  await prepareDataDirectory(config.dataDirectory);
  const database = await startDatabase(config, log);
  try {
    return await serve(config, log, database);
  } catch (error) {
    await database.close();
    throw error;
  }
}

async function serve(config: Config, log: Logger, database: RunningDatabase): Promise<RunningServer> {
  const links = createLiveLinks();
  const loops = loopRunner();
  const plane = await buildPlane(config, {
    log,
    database,
    links,
    wake: (nouns) => {
      loops.wake(nouns);
      eventHubOf(plane).wake();
    },
  });
  const locked = await whyNotOpenSecrets(plane);
  if (locked) throw new StartTrouble(`${locked} It belongs at ${keyFile(config)}`);
  const app = await openApp(plane, {
    publicUrl: config.publicUrl ?? localUrl(config, config.port),
    dashboardUrl: config.dashboardUrl,
    trustProxy: config.trustProxy,
    logger: log,
  });
  const port = await listen(app, config);
  plane.settings.controlPlaneUrl = config.publicUrl ?? localUrl(config, port);
  const linkServer = config.roles.has('link')
    ? await attachLinks(app.getHttpServer() as Server, plane, links)
    : undefined;

  const stopping = new AbortController();
  const running = config.roles.has('loops') ? loops.run(plane, stopping.signal) : Promise.resolve();
  await eventHubOf(plane).start();
  const setupToken = await issueSetupToken(plane);
  const url = config.publicUrl ?? localUrl(config, port);
  await announce(config, { port, url });
  return {
    url,
    port,
    setupToken,
    async stop() {
      await removeServerFile(config.dataDirectory);
      stopping.abort();
      eventHubOf(plane).stop();
      await Promise.all([app.close(), linkServer?.close()]);
      await Promise.race([running, sleep(loopsStopMs, undefined, { ref: false })]);
      await database.close();
    },
  };
}

function announce({ dataDirectory }: Config, place: { port: number; url: string }): Promise<void> {
  return writeServerFile(dataDirectory, {
    ...place,
    pid: process.pid,
    version,
    startedAt: new Date().toISOString(),
  });
}

/** The launcher waits 8 s; a pass that hangs on a slow target is finished by the next start. */
const loopsStopMs = 4_000;

const keyFile = ({ dataDirectory }: Config) => join(dataDirectory, 'kek');

type Parts = { log: Logger; database: RunningDatabase; links: LiveLinks; wake: ControlPlane['wake'] };

async function buildPlane(config: Config, { log, database, links, wake }: Parts): Promise<ControlPlane> {
  return {
    db: database.db,
    keys: await openFileKeyWrapper(keyFile(config)),
    links,
    ...targetConnections(config.dataDirectory),
    runtimes: openRuntimeStore({ directory: config.runtimesDirectory }),
    settings: {
      replica: `${hostname()}:${process.pid}`,
      version,
      controlPlaneUrl: config.publicUrl ?? localUrl(config, config.port),
      supervisorFile: fileURLToPath(new URL('../../supervisor/dist/supervisor.mjs', import.meta.url)),
      allowPrivateAddresses: config.allowPrivateAddresses,
    },
    wake,
    log: (level, message, fields = {}) => log[level](fields, message),
  };
}

async function listen(app: Awaited<ReturnType<typeof openApp>>, { host, port }: Config): Promise<number> {
  try {
    await app.listen(port, host);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EADDRINUSE')
      throw new StartTrouble(`Port ${port} is taken by another program: choose another with --port or CLAWSTER_PORT`, {
        cause: error,
      });
    if (code === 'EACCES')
      throw new StartTrouble(
        `Port ${port} may not be used by this user: choose one above 1023 with --port or CLAWSTER_PORT`,
        { cause: error },
      );
    if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND')
      throw new StartTrouble(`${host} is no address of this machine: correct CLAWSTER_HOST`, { cause: error });
    throw error;
  }
  return ((app.getHttpServer() as Server).address() as { port: number }).port;
}

function localUrl({ host }: Config, port: number): string {
  const name = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host;
  return `http://${name.includes(':') ? `[${name}]` : name}:${port}`;
}
