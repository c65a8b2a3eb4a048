import { type IncomingMessage, STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { type Connecting, connectTo } from './connect.ts';
import { type Answer, challenge, type Gatekeeper } from './gatekeeper.ts';

/** A model may think for a quarter of an hour before its first byte. */
const idleMs = 20 * 60_000;

type Wish = { request: IncomingMessage; client: Duplex; head: Buffer };

/** CONNECT: bytes both ways between the bot and the place it named, if it may reach that. */
export async function tunnel(gatekeeper: Gatekeeper, { request, client, head }: Wish, how: Connecting): Promise<void> {
  const place = request.url ?? '';
  const both: Duplex[] = [client];
  const end = () => both.forEach((one) => one.destroy());
  client.on('error', end);
  const passage = gatekeeper.pass(request, place, end);
  if (passage.is === 'refused') return refuse(client, passage);
  client.once('close', passage.close);
  try {
    const far = await connectTo(passage, how);
    both.push(far);
    far.on('error', end).once('close', end);
    client.once('close', end);
    // It left, or may no longer be here, while the connection was being made.
    if (client.destroyed) return end();
    client.write('HTTP/1.1 200 Connection Established\r\n\r\n');
    far.write(head);
    (client as Socket).setTimeout(idleMs, end);
    far.setTimeout(idleMs, end);
    far.pipe(client).pipe(far);
  } catch (error) {
    refuse(client, gatekeeper.trouble(passage, error));
  }
}

/** Answers and hangs up: whatever else was sent is not read as another request. */
export function refuse(client: Duplex, { status, sentence }: Answer): void {
  if (client.destroyed) return;
  const body = `${sentence}\n`;
  client.end(
    [
      `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
      ...Object.entries(challenge(status)).map(([name, value]) => `${name}: ${value}`),
      'content-type: text/plain; charset=utf-8',
      `content-length: ${Buffer.byteLength(body)}`,
      'connection: close',
      '',
      body,
    ].join('\r\n'),
    () => client.destroy(),
  );
}
