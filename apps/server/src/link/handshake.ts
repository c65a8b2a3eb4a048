import { randomBytes } from 'node:crypto';
import { copyOf } from '@clawster/control-plane/installation/installation.queries';
import type { authenticator } from '@clawster/control-plane/link/authenticate';
import { takeDecline } from '@clawster/control-plane/link/decline';
import { enrol } from '@clawster/control-plane/link/enrol';
import { LinkRefused } from '@clawster/control-plane/link/link-refused';
import type { OpenLink } from '@clawster/control-plane/link/open-link';
import type { ControlPlane } from '@clawster/control-plane/plane';
import { heartbeatMs, linkVersion, type RequestFrame } from '@clawster/link/frame';
import { Authenticate, closeCode, Decline, Enrol, type Hello, type Welcome } from '@clawster/link/handshake';
import { readFrame } from '@clawster/link/read-frame';
import type { WebSocket } from 'ws';

/** Supervisors one version back are served. */
const linkVersionMin = Math.max(1, linkVersion - 1);
const handshakeMs = 10_000;

type Door = { plane: ControlPlane; authenticate: ReturnType<typeof authenticator> };

/** Finds out who dials in: says hello, takes exactly one introduction, and answers with a welcome; throws a LinkRefused. */
export async function shakeHands(door: Door, socket: WebSocket): Promise<{ link: OpenLink; welcome: () => void }> {
  const nonce = randomBytes(32).toString('base64url');
  const hello: Hello = { linkVersion, linkVersionMin, nonce, copy: await copyOf(door.plane) };
  const introduction = firstFrame(socket);
  socket.send(JSON.stringify({ type: 'event', event: 'hello', payload: hello }));
  const frame = await introduction;
  const link = await letIn(door, nonce, frame);
  const result: Welcome = { epoch: link.epoch, heartbeatMs };
  return { link, welcome: () => socket.send(JSON.stringify({ type: 'res', id: frame.id, result })) };
}

async function letIn(
  { plane, authenticate }: Door,
  nonce: string,
  { method, params }: RequestFrame,
): Promise<OpenLink> {
  if (method === 'enrol') return enrol(plane, nonce, parse(Enrol, params));
  if (method === 'authenticate') return authenticate(nonce, parse(Authenticate, params));
  if (method === 'decline') throw await takeDecline(plane, nonce, parse(Decline, params));
  throw notAsAgreed();
}

/** The versions are looked at first: a supervisor of another one may say everything else differently. */
function parse<T extends typeof Enrol | typeof Authenticate | typeof Decline>(
  schema: T,
  params: unknown,
): ReturnType<T['parse']> {
  const version = (params as { linkVersion?: unknown } | null)?.linkVersion;
  if (typeof version === 'number' && (version < linkVersionMin || version > linkVersion)) {
    throw new LinkRefused(
      closeCode.versionUnsupported,
      `This server speaks versions ${linkVersionMin} to ${linkVersion} of the link`,
    );
  }
  const parsed = schema.safeParse(params);
  if (!parsed.success) throw notAsAgreed();
  return parsed.data as ReturnType<T['parse']>;
}

function firstFrame(socket: WebSocket): Promise<RequestFrame> {
  const { promise, resolve, reject } = Promise.withResolvers<RequestFrame>();
  const timer = setTimeout(
    () => reject(new LinkRefused(closeCode.unauthenticated, 'No introduction came in time')),
    handshakeMs,
  );
  socket.once('message', (data, isBinary) => {
    const frame = isBinary ? undefined : readFrame(data);
    if (frame?.type === 'req') resolve(frame);
    else reject(notAsAgreed());
  });
  socket.once('close', () => reject(new LinkRefused(closeCode.unauthenticated, 'The connection was closed')));
  return promise.finally(() => clearTimeout(timer));
}

function notAsAgreed(): LinkRefused {
  return new LinkRefused(closeCode.unauthenticated, 'A link begins with enrol or authenticate');
}
