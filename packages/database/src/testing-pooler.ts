import { connect, createServer, type Socket } from 'node:net';
import { socketOf, urlThrough } from './testing-way.ts';

/** One of the pooler's own sessions; who uses it changes from transaction to transaction. */
type Backend = { socket: Socket; client: Socket | undefined };

/** A stand-in for a pooler in transaction mode: a client has a backend from its first message until it is idle again. */
export async function transactionPooler(url: string): Promise<{ url: string; close(): void }> {
  const path = socketOf(url);
  const backends: Backend[] = [];
  const server = createServer((client) => {
    let startup: Uint8Array | undefined;
    client.on('error', () => undefined);
    client.on('data', (data: Buffer) => {
      if (!startup) {
        startup = data;
        client.write(welcome);
        return;
      }
      backendFor(client, startup).socket.write(data);
    });
  });

  function backendFor(client: Socket, startup: Uint8Array): Backend {
    const own = backends.find((backend) => backend.client === client);
    if (own) return own;
    // The one that was used last is taken first, as pgbouncer does.
    const free = backends.findLast((backend) => backend.client === undefined);
    if (free) {
      free.client = client;
      return free;
    }
    const backend: Backend = { socket: connect(path), client };
    backends.push(backend);
    backend.socket.on('error', () => undefined);
    backend.socket.write(startup);
    forward(backend);
    return backend;
  }

  const through = await urlThrough(server, url);
  return {
    url: through,
    close() {
      server.close();
      for (const { socket } of backends) socket.destroy();
    },
  };
}

/** Hands answers on to whoever uses the backend, and frees it when it says that it is idle. */
function forward(backend: Backend): void {
  let rest = Buffer.alloc(0);
  let isUp = false;
  backend.socket.on('data', (data: Buffer) => {
    rest = Buffer.concat([rest, data]);
    while (rest.length >= 5 && rest.length >= 1 + rest.readUInt32BE(1)) {
      const message = rest.subarray(0, 1 + rest.readUInt32BE(1));
      rest = rest.subarray(message.length);
      const isReady = message[0] === 'Z'.charCodeAt(0);
      // Its own start is the pooler's business.
      if (isUp) backend.client?.write(message);
      if (isReady && isUp && message[5] === 'I'.charCodeAt(0)) backend.client = undefined;
      if (isReady) isUp = true;
    }
  });
}

/** Let in, a session of its own, idle: what every client is told, whatever backend it will get. */
const welcome = Buffer.concat([
  Buffer.from([0x52, 0, 0, 0, 8, 0, 0, 0, 0]),
  Buffer.from([0x4b, 0, 0, 0, 12, 0, 0, 0, 1, 0, 0, 0, 1]),
  Buffer.from([0x5a, 0, 0, 0, 5, 0x49]),
]);
