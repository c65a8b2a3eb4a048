import { connect, createServer, type Socket } from 'node:net';
import { socketOf, urlThrough } from './testing-way.ts';

export type FaultyProxy = {
  /** The same database, through the proxy. */
  url: string;
  /** From now on nothing goes through, in either direction, and nobody is told: as when a firewall drops packets. */
  blackHole(): void;
  /** Each piece of an answer takes this much longer. */
  delay(ms: number): void;
  heal(): void;
  close(): void;
};

/** A way to the test PostgreSQL that can go wrong like a network. */
export async function faultyProxy(url: string): Promise<FaultyProxy> {
  const socket = socketOf(url);
  const sockets = new Set<Socket>();
  let holed = false;
  let delayMs = 0;
  const server = createServer((near) => {
    const far = connect(socket);
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.on('error', () => undefined);
    }
    near.on('data', (data) => void (holed || far.write(data)));
    far.on('data', (data) => {
      if (!holed) setTimeout(() => void (holed || near.write(data)), delayMs);
    });
    near.once('close', () => far.destroy());
    far.once('close', () => void (holed || near.destroy()));
  });
  const through = await urlThrough(server, url);
  return {
    url: through,
    blackHole: () => void (holed = true),
    delay: (ms) => void (delayMs = ms),
    heal() {
      holed = false;
      delayMs = 0;
    },
    close() {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}
