import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/**
 * What the way between two ends does to what goes over it.
 * - `open`: passes it on, `latencyMs` later, at most `bytesPerSecond`.
 * - `cut`: ends all connections, refuses new ones: a host that is down.
 * - `reset`: the same, rudely.
 * - `silent`: passes nothing on and ends nothing: a cable that was pulled. New connections are taken and go nowhere.
 * - `half`: passes on what comes from one end alone, the other talks to the wind.
 */
export type Way =
  | { state: 'open'; latencyMs?: number; bytesPerSecond?: number }
  | { state: 'half'; heard: 'client' | 'server' }
  | { state: 'cut' | 'reset' | 'silent' };

/** A TCP proxy whose way can be made bad at any moment. */
export type TcpProxy = {
  port: number;
  /** How often somebody tried to connect, and when. */
  triedAt: readonly number[];
  set(way: Way): Promise<void>;
  close(): Promise<void>;
};

/** A port of this machine, or the path of a socket; looked up at each connection. */
export type ProxyTarget = number | string | (() => number | string);

/** Stands between a client and whoever listens on `target` of this machine. */
export async function startTcpProxy(target: ProxyTarget): Promise<TcpProxy> {
  const proxy = new Proxy(target);
  await proxy.listen(0);
  return proxy;
}

type Pair = { client: Socket; server: Socket };

class Proxy implements TcpProxy {
  port = 0;
  readonly triedAt: number[] = [];
  readonly #target: () => number | string;
  readonly #pairs = new Set<Pair>();
  #way: Way = { state: 'open' };
  #server: Server;

  constructor(target: ProxyTarget) {
    this.#target = typeof target === 'function' ? target : () => target;
    this.#server = this.#serve();
  }

  async listen(port: number): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      this.#server.once('error', reject).listen(port, '127.0.0.1', resolve);
    });
    this.port = (this.#server.address() as AddressInfo).port;
  }

  async set(way: Way): Promise<void> {
    this.#way = way;
    if (way.state === 'cut' || way.state === 'reset') this.#endAll(way.state);
    else if (way.state === 'open') for (const { client, server } of this.#pairs) flow(client, server);
  }

  async close(): Promise<void> {
    this.#endAll('reset');
    await new Promise((resolve) => {
      this.#server.close(resolve);
    });
  }

  #serve(): Server {
    return createServer({ pauseOnConnect: true }, (client) => {
      this.triedAt.push(Date.now());
      if (this.#way.state === 'cut' || this.#way.state === 'reset') return void client.resetAndDestroy();
      const target = this.#target();
      const server = typeof target === 'string' ? connect(target) : connect(target, '127.0.0.1');
      const pair = { client, server };
      this.#pairs.add(pair);
      this.#pass(client, server, 'up');
      this.#pass(server, client, 'down');
      for (const socket of [client, server]) {
        socket.on('error', () => {});
        socket.on('close', () => this.#left(pair));
      }
      client.resume();
    });
  }

  /** Hands on what one end says, as the way lets it. What was held back goes on its way when that is open again. */
  #pass(from: Socket, to: Socket, direction: 'up' | 'down'): void {
    let freeAt = 0;
    const send = inOrder(to);
    from.on('data', (chunk: Buffer) => {
      const way = this.#way;
      const says = direction === 'up' ? 'client' : 'server';
      if (way.state === 'silent' || (way.state === 'half' && way.heard !== says)) {
        from.pause();
        from.unshift(chunk);
        return;
      }
      const { latencyMs = 0, bytesPerSecond = Number.POSITIVE_INFINITY } = way.state === 'open' ? way : {};
      const now = Date.now();
      freeAt = Math.max(freeAt, now) + (chunk.length / bytesPerSecond) * 1_000;
      send(chunk, freeAt + latencyMs);
    });
  }

  /** One end is gone: so is the other, unless nobody could tell it. */
  #left(pair: Pair): void {
    if (this.#way.state === 'silent') return;
    this.#pairs.delete(pair);
    pair.client.destroy();
    pair.server.destroy();
  }

  #endAll(how: 'cut' | 'reset'): void {
    for (const { client, server } of this.#pairs) {
      for (const socket of [client, server]) {
        // A socket in the file system knows no reset.
        if (how === 'reset' && socket.remotePort !== undefined) socket.resetAndDestroy();
        else socket.destroy();
      }
    }
    this.#pairs.clear();
  }
}

/** Writes each piece when it is due, and never before one that came earlier: a way that becomes fast overtakes nothing. */
function inOrder(to: Socket): (chunk: Buffer, dueAt: number) => void {
  const waiting: { chunk: Buffer; dueAt: number }[] = [];
  let timer: NodeJS.Timeout | undefined;
  function pump(): void {
    timer = undefined;
    for (let first = waiting[0]; first; first = waiting[0]) {
      const waitMs = first.dueAt - Date.now();
      if (waitMs >= 1) {
        timer = setTimeout(pump, waitMs);
        return;
      }
      waiting.shift();
      if (to.writable) to.write(first.chunk);
    }
  }
  return (chunk, dueAt) => {
    waiting.push({ chunk, dueAt });
    if (timer === undefined) pump();
  };
}

function flow(client: Socket, server: Socket): void {
  for (const socket of [client, server]) {
    // What was closed while nobody could be told is told now.
    if (socket.destroyed) {
      client.destroy();
      server.destroy();
    } else socket.resume();
  }
}
