import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type IncomingMessage, request } from 'node:http';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export type Recorded = { method: string; path: string; query: URLSearchParams; headers: string[] };
/** Stands before an engine on a socket of its own and writes down what it is asked. */
export type RecordingFront = { socket: string; asked: Recorded[]; close(): Promise<void> };

/** Starts one. Node's own parser says where a request begins and ends: one that was smuggled in is one more. */
export async function recordingFront(engineSocket: string): Promise<RecordingFront> {
  const folder = await mkdtemp(join(tmpdir(), 'clawster-front-'));
  const asked: Recorded[] = [];
  const note = (message: IncomingMessage) => {
    const [path = '', query = ''] = (message.url ?? '').split(/\?(.*)/s);
    asked.push({
      method: message.method ?? '',
      path,
      query: new URLSearchParams(query),
      headers: message.rawHeaders.filter((_, index) => index % 2 === 0).map((name) => name.toLowerCase()),
    });
  };
  const server = createServer((message, response) => {
    note(message);
    const { method, url: path, headers } = message;
    const on = request({ socketPath: engineSocket, method, path, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    on.on('error', () => response.destroy());
    message.pipe(on);
  });
  server.on('upgrade', (message: IncomingMessage, client: Socket, head: Buffer) => {
    note(message);
    const engine = connect(engineSocket);
    for (const [one, other] of [
      [client, engine],
      [engine, client],
    ] as const)
      one.on('error', () => other.destroy());
    engine.write(headOf(message));
    engine.write(head);
    engine.pipe(client).pipe(engine);
  });
  const socket = join(folder, 'docker.sock');
  server.listen(socket);
  await once(server, 'listening');
  return {
    socket,
    asked,
    async close() {
      server.closeAllConnections();
      server.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function headOf({ method, url, rawHeaders }: IncomingMessage): string {
  const lines = rawHeaders.flatMap((name, index) => (index % 2 === 0 ? [`${name}: ${rawHeaders[index + 1]}`] : []));
  return `${[`${method} ${url} HTTP/1.1`, ...lines].join('\r\n')}\r\n\r\n`;
}
