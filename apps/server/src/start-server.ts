import type { Server } from 'node:http';
import { eventHubOf } from '@clawster/control-plane/event/event-hub';
import { loops as allLoops } from '@clawster/control-plane/loops/loops';
import { loopRunner } from '@clawster/control-plane/loops/run-loops';
import { showPresence } from '@clawster/control-plane/replica/show-presence';
import { issueSetupToken } from '@clawster/control-plane/setup/issue-setup-token';
import type { Logger } from 'pino';
import { buildPlane, localUrl, type StandIns } from './build-plane.ts';
import { whyHalfRestored } from './backup/unfinished-restore.ts';
import type { Config } from './config.ts';
import { serveReplicas } from './forward/serve-replicas.ts';
import { openApp } from './http/open-app.ts';
import { attachLinks } from './link/link-server.ts';
import { linkDirectory, openLinkSocket } from './link/link-socket.ts';
import { listen } from './listen.ts';
import { requestTimes } from './metrics/request-times.ts';
import { serveMetrics } from './metrics/serve-metrics.ts';
import { readiness } from './readiness.ts';
import { prepareDataDirectory, removeServerFile, StartTrouble, writeServerFile } from './server-file.ts';
import { type RunningDatabase, startDatabase } from './start-database.ts';
import { leaveGently } from './stop-server.ts';
import { version } from './version.ts';

export type RunningServer = { url: string; port: number; setupToken: string | undefined; stop(): Promise<void> };

/** Starts everything the roles ask for; resolves when requests are answered. */
export async function startServer(config: Config, log: Logger, standIns: StandIns = {}): Promise<RunningServer> {
  await prepareDataDirectory(config.dataDirectory);
  const halfRestored = await whyHalfRestored(config.dataDirectory);
  if (halfRestored) throw new StartTrouble(halfRestored);
  const database = await startDatabase(config, log);
  try {
    return await serve(config, { log, database, standIns });
  } catch (error) {
    await database.close();
    throw error;
  }
}

type Started = { log: Logger; database: RunningDatabase; standIns: StandIns };

async function serve(config: Config, { log, database, standIns }: Started): Promise<RunningServer> {
  const loops = loopRunner(config.roles.has('loops') ? allLoops : allLoops.filter(({ everywhere }) => everywhere));
  const wake = (nouns: string[]) => {
    loops.wake(nouns);
    eventHubOf(plane).wake();
  };
  const { plane, links, credentials } = await buildPlane(config, { log, database, standIns, wake });
  const stopping = new AbortController();
  const requests = requestTimes();
  const app = await openApp(plane, {
    publicUrl: config.publicUrl ?? localUrl(config, config.port),
    dashboardUrl: config.dashboardUrl,
    trustedProxies: config.trustedProxies,
    logger: log,
    whyNotReady: readiness(plane, { loops, isStopping: () => stopping.signal.aborted }),
    onAnswered: requests.observe,
    serveReplicas: (server) => serveReplicas(server, plane, { links, credentials }),
  });
  const port = await listen(app, config);
  plane.settings.controlPlaneUrl = config.publicUrl ?? localUrl(config, port);
  plane.settings.internalUrl = config.internalUrl ?? localUrl(config, port);
  // Before any link is taken in: one that a replica nobody knows holds would be nobody's.
  await showPresence(plane);
  const linkSocket = config.roles.has('link') ? await openLinkSocket(linkDirectory(config.dataDirectory)) : undefined;
  const doors = [app.getHttpServer() as Server, ...(linkSocket ? [linkSocket.server] : [])];
  const linkServer = config.roles.has('link') ? attachLinks(doors, plane, links) : undefined;
  const metrics =
    config.metricsPort === undefined
      ? undefined
      : await serveMetrics(config.metricsPort, { plane, loops, requests, linkCounts: () => linkServer?.counts() });

  const running = loops.run(plane, stopping.signal);
  await eventHubOf(plane).start();
  const setupToken = await issueSetupToken(plane);
  const url = config.publicUrl ?? localUrl(config, port);
  await announce(config, { port, url });
  return {
    url,
    port,
    setupToken,
    async stop() {
      stopping.abort();
      const removed = removeServerFile(config.dataDirectory);
      await leaveGently(plane, { app, linkServer, loops: running, drainSeconds: config.drainSeconds });
      await Promise.all([removed, metrics?.close(), linkSocket?.close()]);
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
