import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

/** Kept-alive HTTP connections that ask one thing after the other, with as little work as can be: the load must not be what is measured. */
export type Connections = {
  /** Sends so many requests over all connections and waits for every answer; one that is not 200 throws. */
  ask(requests: number, write: (connection: number) => string): Promise<void>;
  close(): void;
};

export async function openConnections(url: URL, count: number): Promise<Connections> {
  const sockets = await Promise.all(
    Array.from({ length: count }, async () => {
      const socket = connect({ port: Number(url.port), host: url.hostname, noDelay: true });
      await once(socket, 'connect');
      return socket;
    }),
  );
  return {
    async ask(requests, write) {
      let left = requests;
      await Promise.all(
        sockets.map(async (socket, index) => {
          while (left-- > 0) await exchange(socket, write(index));
        }),
      );
    },
    close() {
      for (const socket of sockets) socket.destroy();
    },
  };
}

/** A request in full, as it goes over the wire. */
export function requestText(
  line: { method: string; path: string },
  headers: Record<string, string>,
  body = '',
): string {
  const all = {
    host: '127.0.0.1',
    ...headers,
    ...(body ? { 'content-type': 'application/json', 'content-length': String(Buffer.byteLength(body)) } : {}),
  };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  return `${line.method} ${line.path} HTTP/1.1\r\n${lines.join('')}\r\n${body}`;
}

function exchange(socket: Socket, request: string): Promise<void> {
  return new Promise((resolve, reject) => {
    let text = '';
    const gone = () => reject(new Error('The server closed a connection'));
    const read = (chunk: Buffer) => {
      text += chunk.toString('latin1');
      if (!isWhole(text)) return;
      socket.off('data', read).off('close', gone);
      if (text.startsWith('HTTP/1.1 200')) resolve();
      else reject(new Error(`The server answered: ${text}`));
    };
    socket.on('data', read).once('close', gone);
    socket.write(request);
  });
}

function isWhole(text: string): boolean {
  const end = text.indexOf('\r\n\r\n');
  const length = end < 0 ? undefined : /content-length: (\d+)/i.exec(text)?.[1];
  return length !== undefined && text.length >= end + 4 + Number(length);
}
