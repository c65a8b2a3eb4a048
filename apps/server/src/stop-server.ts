import type { Server } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { eventHubOf } from '@clawster/control-plane/event/event-hub';
import type { ControlPlane } from '@clawster/control-plane/plane';
import { releaseLeases } from '@clawster/control-plane/loops/lease';
import { endPresence } from '@clawster/control-plane/replica/show-presence';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { LinkServer } from './link/link-server.ts';

/** The launcher waits 8 s; a pass that hangs on a slow target, and a request that does not end, are cut then. */
const graceMs = 4_000;

type Running = {
  app: NestFastifyApplication;
  linkServer: LinkServer | undefined;
  loops: Promise<void>;
  drainSeconds: number;
};

/** Leaves so that nobody notices: bots and people find another replica, what is under way ends, what is held is given back. */
export async function leaveGently(
  plane: ControlPlane,
  { app, linkServer, loops, drainSeconds }: Running,
): Promise<void> {
  const http = app.getHttpServer() as Server;
  http.prependListener('request', (_, response) => void response.setHeader('connection', 'close'));
  await sleep(drainSeconds * 1000);
  const links = linkServer?.close(graceMs);
  eventHubOf(plane).stop();
  const answered = app.close();
  await Promise.race([answered, sleep(graceMs, undefined, { ref: false })]);
  http.closeAllConnections();
  await Promise.all([answered, links]);
  await Promise.race([loops, sleep(graceMs, undefined, { ref: false })]);
  try {
    await releaseLeases(plane);
    await endPresence(plane);
  } catch (error) {
    // Without the database nothing can be given back: leases run out, and the replica is forgotten.
    plane.log('warn', 'What this replica held could not be given back', { error: String(error) });
  }
}
