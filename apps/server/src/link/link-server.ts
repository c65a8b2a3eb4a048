import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { authenticator } from '@clawster/control-plane/link/authenticate';
import { forgetter } from '@clawster/control-plane/link/forget';
import { LinkRefused } from '@clawster/control-plane/link/link-refused';
import type { ControlPlane } from '@clawster/control-plane/plane';
import { framePayloadBytesMax, heartbeatMs, linkPath, silenceMsMax } from '@clawster/link/frame';
import { closeCode } from '@clawster/link/handshake';
import { type WebSocket, WebSocketServer } from 'ws';
import { shakeHands } from './handshake.ts';
import { LinkConnection } from './link-connection.ts';
import type { LiveLinks } from './live-links.ts';
import { receive } from './receive.ts';
import { reportKeeper } from './report-keeper.ts';
import { telemetryKeeper } from './telemetry-keeper.ts';
import { turnstile } from './turnstile.ts';

/** Handshakes at once; thousands come back together after a restart. */
const handshakesMax = 128;
/** The rest wait their turn, so that the database is never idle while they do; who waited for this long backs off and comes again. */
const turnMsMax = 5_000;
const haltMs = 5_000;
const goingAway = 1001;
const tryAgain = 1011;

export type LinkCounts = {
  handshakes: { accepted: number; refused: number; overloaded: number; failed: number };
  telemetry: { stored: number; failed: number };
};
export type LinkServer = {
  /** Since the start. */
  counts(): LinkCounts;
  /** Takes no link in any more, tells all to come again, those that are busy a little later, and forgets them. */
  close(graceMs?: number): Promise<void>;
};

/** Serves the link on these HTTP servers; every supervisor that proves who it is lands in `links`. */
export function attachLinks(https: readonly Server[], plane: ControlPlane, links: LiveLinks): LinkServer {
  const server = new WebSocketServer({ noServer: true, perMessageDeflate: false, maxPayload: framePayloadBytesMax });
  const reception = openReception(plane, links);
  const upgrade = (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    if (new URL(request.url ?? '/', 'http://link').pathname !== linkPath) return;
    // Only browsers name an origin, and no page has a link.
    if (request.headers.origin !== undefined) {
      socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\n\r\n');
      return;
    }
    server.handleUpgrade(request, socket, head, (opened) => {
      void reception.welcome(opened);
    });
  };
  for (const http of https) http.on('upgrade', upgrade);
  const watch = setInterval(() => closeSilent(links), heartbeatMs / 2);
  return {
    counts: reception.counts,
    async close(graceMs = 0) {
      clearInterval(watch);
      for (const http of https) http.off('upgrade', upgrade);
      await sendAway(links, graceMs);
      for (const client of server.clients) client.close(goingAway);
      await sleep(200);
      for (const client of server.clients) client.terminate();
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
      });
      await reception.close();
    },
  };
}

/** Supervisors come again by themselves, each after a wait of its own, and find another replica. */
async function sendAway(links: LiveLinks, graceMs: number): Promise<void> {
  const until = performance.now() + graceMs;
  for (;;) {
    const isOver = performance.now() >= until;
    for (const connection of links.all())
      if (isOver || connection.isIdle) connection.close(goingAway, 'The control plane restarts');
    if (isOver || links.all().every(({ isIdle }) => isIdle)) return;
    await sleep(50);
  }
}

type Reception = { welcome(socket: WebSocket): Promise<void>; counts(): LinkCounts; close(): Promise<void> };

/** Lets supervisors in, and sees them off; closed once all who left are forgotten. */
function openReception(plane: ControlPlane, links: LiveLinks): Reception {
  const reports = reportKeeper(plane);
  const telemetry = telemetryKeeper(plane);
  const farewells = openFarewells(plane, links);
  const counts = noCounts();
  const turns = turnstile(handshakesMax, turnMsMax);
  const door = { plane, authenticate: authenticator(plane) };

  return {
    counts: () => counts,
    async welcome(socket) {
      socket.on('error', (error) => plane.log('info', 'A link had trouble', { error: error.message }));
      if (!(await turns.enter())) {
        counts.handshakes.overloaded += 1;
        return socket.close(closeCode.overloaded, 'Many are coming at once: come again in a moment');
      }
      try {
        if (socket.readyState !== socket.OPEN) return;
        const { link, welcome: answer } = await shakeHands(door, socket);
        const connection = new LinkConnection(socket, link);
        socket.once('close', () => farewells.leave(connection));
        if (socket.readyState !== socket.OPEN) return farewells.leave(connection);
        receive(plane, { socket, connection, reports, telemetry, batches: counts.telemetry });
        links.add(connection);
        answer();
        haltWhoStandsStill(connection);
        counts.handshakes.accepted += 1;
        // The loop may have looked before the link was held here.
        plane.wake(['link']);
      } catch (error) {
        counts.handshakes[error instanceof LinkRefused ? 'refused' : 'failed'] += 1;
        refuse(plane, socket, error);
      } finally {
        turns.leave();
      }
    },
    async close() {
      await reports.stop();
      await farewells.over();
    },
  };
}

/** Forgets the links of those who leave; `over` once all are forgotten. */
function openFarewells(plane: ControlPlane, links: LiveLinks) {
  const forget = forgetter(plane);
  const forgetting = new Set<Promise<void>>();
  return {
    leave(connection: LinkConnection): void {
      links.remove(connection);
      connection.ended();
      const forgotten = forget(connection.link)
        .catch((error: unknown) =>
          plane.log('error', 'A link could not be forgotten', {
            error: error instanceof Error ? error.message : String(error),
          }),
        )
        .finally(() => forgetting.delete(forgotten));
      forgetting.add(forgotten);
    },
    over: () => Promise.all(forgetting),
  };
}

/**
 * A bot that was paused or stopped while it was away takes no turn more, however many wait to be reconciled before it.
 * Paused and not stopped: its gateway is given the time to end that it has.
 */
function haltWhoStandsStill(connection: LinkConnection): void {
  const { standsStillAt: generation } = connection.link;
  if (generation === undefined) return;
  // The configuration that follows says the same.
  connection.request('halt', { mode: 'pause', generation }, { timeoutMs: haltMs }).catch(() => undefined);
}

function noCounts(): LinkCounts {
  return {
    handshakes: { accepted: 0, refused: 0, overloaded: 0, failed: 0 },
    telemetry: { stored: 0, failed: 0 },
  };
}

function closeSilent(links: LiveLinks): void {
  for (const connection of links.all())
    if (!connection.isPaused && performance.now() - connection.lastHeardAt > silenceMsMax) connection.terminate();
}

function refuse(plane: ControlPlane, socket: WebSocket, error: unknown): void {
  const known = error instanceof LinkRefused;
  plane.log(known ? 'info' : 'error', 'A supervisor was not let in', {
    error: error instanceof Error ? error.message : String(error),
  });
  socket.close(
    known ? error.code : tryAgain,
    known ? error.message : 'The control plane has trouble: come again in a moment',
  );
  setTimeout(() => socket.terminate(), 1_000).unref();
}
