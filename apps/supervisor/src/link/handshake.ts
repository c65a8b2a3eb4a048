import { randomUUID } from 'node:crypto';
import { type Copy, type WhyNot, whyNotObey } from '@clawster/link/copy';
import { type Frame, linkVersion } from '@clawster/link/frame';
import { closeCode, Hello, Welcome } from '@clawster/link/handshake';
import { readFrame } from '@clawster/link/read-frame';
import type WebSocket from 'ws';
import type { z } from 'zod';
import type { LinkOptions } from './link-client.ts';

/** What is no frame is handed on as undefined. */
type Read = (frame: Frame | undefined) => void;
export type Inbox = { take(read: Read): void; hold(): void };

/** Keeps what arrives while nobody reads: the first request may come in one packet with the welcome. */
export function openInbox(socket: WebSocket): Inbox {
  const waiting: Parameters<Read>[0][] = [];
  const hold: Read = (frame) => void waiting.push(frame);
  let deliver = hold;
  socket.on('message', (data) => deliver(readFrame(data)));
  return {
    take(read) {
      deliver = read;
      for (const frame of waiting.splice(0)) deliver(frame);
    },
    hold() {
      deliver = hold;
    },
  };
}

/** The link ended, or never began, with this code. */
export class LinkEnded extends Error {
  readonly code: number;
  constructor(code: number, reason: string) {
    super(`The control plane closed the link (${code}${reason ? `, ${reason}` : ''})`);
    this.code = code;
  }
}

/** We ended it ourselves: this host obeys another. */
export class Declined extends Error {
  readonly why: WhyNot;
  constructor(why: WhyNot) {
    super(
      why === 'overtaken'
        ? 'This control plane is an older copy of the one this bot obeys: it is not obeyed'
        : 'This control plane belongs to another installation than the one this bot obeys: it is not obeyed',
    );
    this.why = why;
  }
}

type Handshaking = { socket: WebSocket; inbox: Inbox; options: LinkOptions; enrols: boolean };
type Answered = { copy: Copy | undefined; enrolled: boolean };
export type Welcomed = Answered & { welcome: Welcome };

/** The server speaks first; we answer with who we are, proved by our key, or that we obey another. */
export function handshake({ socket, inbox, options, enrols }: Handshaking): Promise<Welcomed> {
  const { promise, resolve, reject } = Promise.withResolvers<Welcomed>();
  const timer = setTimeout(() => reject(new Error('The control plane did not finish the handshake in time')), 15_000);
  let said: Answered | undefined;
  inbox.take((frame) => {
    if (!frame) return reject(new Error('The control plane does not speak the link'));
    if (frame.type === 'event' && frame.event === 'hello') {
      answerHello({ socket, options, enrols }, frame.payload).then((answer) => (said = answer), reject);
    } else if (frame.type === 'res' && said) {
      if (frame.error) return reject(new Error(frame.error.message));
      inbox.hold();
      resolve(welcomed(said, frame.result));
    }
  });
  socket.once('error', reject);
  socket.once('close', (code, reason) => {
    if (code === closeCode.revoked) options.onRevoked();
    reject(new LinkEnded(code, String(reason)));
  });
  return promise.finally(() => clearTimeout(timer));
}

async function answerHello(
  { socket, options, enrols }: Omit<Handshaking, 'inbox'>,
  payload: unknown,
): Promise<Answered> {
  const hello = asAgreed('hello', Hello, payload);
  const { obeyedCopy, joinToken, report } = options;
  const obeys = await obeyedCopy.current();
  const why = whyNotObey(obeys, hello.copy, joinToken !== undefined && enrols);
  const ask = (method: string, more: object) =>
    socket.send(
      JSON.stringify({ type: 'req', id: randomUUID(), method, params: { ...introduction(hello, options), ...more } }),
    );
  if (why && obeys) {
    ask('decline', { obeys });
    socket.close(closeCode.declined, why);
    throw new Declined(why);
  }
  if (enrols) ask('enrol', { joinToken });
  else ask('authenticate', { generation: report().generation });
  return { copy: hello.copy, enrolled: enrols };
}

async function welcomed(said: Answered, result: unknown): Promise<Welcomed> {
  return { ...said, welcome: asAgreed('welcome', Welcome, result) };
}

function asAgreed<Schema extends z.ZodType>(name: string, schema: Schema, said: unknown): z.output<Schema> {
  const { data, error } = schema.safeParse(said);
  if (error) throw new Error(`The control plane's ${name} is not as agreed: ${error.issues[0]?.message ?? ''}`);
  return data;
}

function introduction(hello: Hello, { botId, identity, supervisorVersion }: LinkOptions) {
  const signature = identity.sign(hello.nonce, botId);
  return { botId, linkVersion, supervisorVersion, publicKey: identity.publicKey, signature };
}
