import { connect, createServer, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';

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
  const folder = new URL(url).searchParams.get('host') ?? '';
  const sockets = new Set<Socket>();
  let holed = false;
  let delayMs = 0;
  const server = createServer((near) => {
    const far = connect(`${folder}/.s.PGSQL.5432`);
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
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const through = new URL(url);
  through.searchParams.delete('host');
  through.hostname = '127.0.0.1';
  through.port = String((server.address() as AddressInfo).port);
  return {
    url: through.href,
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
