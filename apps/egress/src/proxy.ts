import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { RefusedEgress } from '@clawster/target/egress';
import type { Connecting } from './connect.ts';
import { Gatekeeper } from './gatekeeper.ts';
import type { ListedBots } from './lists.ts';
import { handOn } from './plain-request.ts';
import { refuse, tunnel } from './tunnel.ts';

/** Of one address, whoever it says it is; more than a bot may have open, so that it is told rather than cut. */
const socketsOfAddressMax = 256;
const socketsMax = 8_192;
const headMs = 10_000;

/** The one way out of the bots of an engine. Lets nothing pass until it was told what may. */
export type Proxy = {
  port: number;
  follow(bots: ListedBots): void;
  /** What was refused since it was asked last. */
  refused(): RefusedEgress[];
  close(): Promise<void>;
};

export async function openProxy({ port, host, ...how }: { port: number; host: string } & Connecting): Promise<Proxy> {
  const gatekeeper = new Gatekeeper();
  const server = createServer({
    maxHeaderSize: 16 * 1024,
    headersTimeout: headMs,
    requestTimeout: 10 * 60_000,
    keepAliveTimeout: 5_000,
    connectionsCheckingInterval: 1_000,
    insecureHTTPParser: false,
  });
  server.maxConnections = socketsMax;
  // What one bot makes go wrong ends its connection, and not the way out of the others.
  server.on('connect', (request, client, head) => {
    tunnel(gatekeeper, { request, client, head }, how).catch(() => client.destroy());
  });
  server.on('request', (request, response) => {
    handOn(gatekeeper, { request, response }, how).catch(() => response.destroy());
  });
  server.on('clientError', (_, client) => refuse(client, { status: 400, sentence: 'This is no request' }));
  boundSockets(server);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(port, host, resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    follow: (bots) => gatekeeper.follow(bots),
    refused: () => gatekeeper.refusals.take(),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        gatekeeper.endAll();
        server.closeAllConnections();
      }),
  };
}

/** Ends what is beyond an address's part, so that one bot cannot keep the others out. */
function boundSockets(server: Server): void {
  const open = new Map<string, number>();
  server.on('connection', (socket) => {
    const from = socket.remoteAddress ?? '';
    const count = (open.get(from) ?? 0) + 1;
    open.set(from, count);
    socket.once('close', () => {
      const left = (open.get(from) ?? 1) - 1;
      if (left === 0) open.delete(from);
      else open.set(from, left);
    });
    if (count > socketsOfAddressMax) socket.destroy();
  });
}
