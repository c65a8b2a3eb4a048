import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import type { Readable, Writable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { connect, type TLSSocket } from 'node:tls';

/** Nobody but the two that were given the same key speak with each other, and no certificate is needed for it. */
export const wireOptions = {
  ciphers: 'ECDHE-PSK-CHACHA20-POLY1305',
  minVersion: 'TLSv1.2',
  maxVersion: 'TLSv1.2',
} as const;
const identity = 'state';

/** The other end may begin a moment later, and its name be known later still. */
const connectMsMax = 45_000;

/** What an archive comes from and goes to. `delivered` resolves once the other end has all of it. */
export type Wire = { input: Readable; output: Writable; delivered(): Promise<void> };

/** Connects to the bridge at `place` (host:port), under the key in `keyFile`. */
export async function openWire(place: string, keyFile: string | undefined): Promise<Wire> {
  if (!keyFile) throw new Error('Say where the key is: --key <file>');
  const psk = Buffer.from((await readFile(keyFile, 'utf8')).trim(), 'hex');
  const stream = await untilConnected(place, psk);
  const closed = once(stream, 'close').then(() => undefined);
  closed.catch(() => undefined);
  return {
    input: stream,
    output: stream,
    // The other end closes then.
    async delivered() {
      stream.end();
      stream.resume();
      await closed;
    },
  };
}

async function untilConnected(place: string, psk: Buffer): Promise<TLSSocket> {
  const [host = '', port] = place.split(':');
  for (const until = Date.now() + connectMsMax; ; await sleep(200)) {
    const socket = connect({
      ...wireOptions,
      host,
      port: Number(port),
      pskCallback: () => ({ psk, identity }),
      // There is no certificate: who has the key is the other end.
      checkServerIdentity: () => undefined,
    });
    const failed = await once(socket, 'secureConnect').then(
      () => undefined,
      (error: Error) => error,
    );
    if (!failed) return socket;
    socket.destroy();
    if (Date.now() > until) throw new Error(`What hands the archive on cannot be reached: ${failed.message}`);
  }
}
