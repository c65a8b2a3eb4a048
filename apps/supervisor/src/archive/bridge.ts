import { once } from 'node:events';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createServer, type TLSSocket } from 'node:tls';
import { wireOptions } from './wire.ts';

/** 256 bits in hexadecimal digits, and the end of its line. */
const keyLineLength = 65;
/** What is to dial in is started after this, on a machine that may have to fetch an image first. */
const dialledMsMax = 120_000;

/**
 * Takes a key on standard input, and one connection under it. An export's bytes come from there and go to standard
 * output; an import's go there, from what else comes on standard input.
 */
export async function runBridge(command: string | undefined, port: number): Promise<number> {
  try {
    if (command !== 'export' && command !== 'import') throw new Error('Say which way: bridge export|import <port>');
    const psk = Buffer.from((await firstLine(process.stdin)).trim(), 'hex');
    const socket = await oneConnection(port, psk);
    await (command === 'export' ? pipeline(socket, process.stdout) : pipeline(process.stdin, socket));
    if (command === 'import') await untilClosed(socket);
    return 0;
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    return 1;
  }
}

async function firstLine(input: Readable): Promise<string> {
  for (;;) {
    const line = input.read(keyLineLength) as Buffer | null;
    if (line) return line.toString('utf8');
    if (input.readableEnded) throw new Error('No key came on standard input');
    await Promise.race([once(input, 'readable'), once(input, 'end')]);
  }
}

async function oneConnection(port: number, psk: Buffer): Promise<TLSSocket> {
  const server = createServer({ ...wireOptions, pskCallback: () => psk });
  server.listen(port);
  const timer = setTimeout(() => server.close(), dialledMsMax);
  try {
    const dialled = once(server, 'secureConnection') as Promise<[TLSSocket]>;
    const closed = once(server, 'close').then(() => undefined);
    const first = await Promise.race([dialled, closed]);
    if (!first) throw new Error('Nobody dialled in');
    return first[0];
  } finally {
    clearTimeout(timer);
    server.close();
  }
}

/** The other end closes once it has taken all of it in. */
async function untilClosed(socket: TLSSocket): Promise<void> {
  socket.resume();
  if (!socket.closed) await once(socket, 'close');
}
