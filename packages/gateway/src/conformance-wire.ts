import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import WebSocket from 'ws';
import { operatorCaps, operatorScopes } from './protocol.ts';
import { readJson } from './read-json.ts';

/** A frame as it stands on the wire, before any schema of ours looked at it. */
export type Frame = {
  type: string;
  id?: string;
  ok?: boolean;
  event?: string;
  payload?: Record<string, unknown>;
  error?: { code: string; message: string };
};

/** A connection without our client: it can say what the client never would, and sees what the client passes over. */
export type Wire = {
  frames: Frame[];
  /** Asks, and waits for the first answer. */
  ask(method: string, params: Record<string, unknown>): Promise<Frame>;
  /** Waits until `isOver` says so of all frames up to now. */
  until(isOver: (frames: Frame[]) => boolean): Promise<void>;
  closed: Promise<{ code: number; reason: string }>;
  close(): void;
};

/** Opens a connection as our client does, and is let in with a `hello`. */
export async function openWire(gateway: { port: number; token: string }): Promise<Wire & { hello: Frame }> {
  const wire = await openSocket(gateway.port);
  return { ...wire, hello: await wire.ask('connect', connectParams(gateway.token)) };
}

/** Opens a connection, and waits for the challenge. */
export async function openSocket(port: number): Promise<Wire & { send(text: string): void }> {
  const socket = new WebSocket(`ws://127.0.0.1:${port}`, { perMessageDeflate: false });
  const frames: Frame[] = [];
  const closed = Promise.withResolvers<{ code: number; reason: string }>();
  let look = () => {};
  let asked = 0;
  socket.on('error', closed.reject);
  socket.on('close', (code, reason) => {
    closed.resolve({ code, reason: String(reason) });
    look();
  });
  socket.on('message', (data) => {
    frames.push(readJson(data) as Frame);
    look();
  });
  const until: Wire['until'] = (isOver) =>
    new Promise((resolve) => {
      look = () => {
        if (isOver(frames) || socket.readyState === WebSocket.CLOSED) resolve();
      };
      look();
    });
  await until(() => frames.length > 0);
  return {
    frames,
    until,
    closed: closed.promise,
    close: () => socket.close(1000),
    send: (text) => socket.send(text),
    async ask(method, params) {
      const id = `${(asked += 1)}`;
      socket.send(JSON.stringify({ type: 'req', id, method, params }));
      const isAnswer = (frame: Frame) => frame.type === 'res' && frame.id === id;
      await until((all) => all.some(isAnswer));
      return frames.find(isAnswer) ?? { type: 'none' };
    },
  };
}

/** What our client asks when it connects, with a change; `<token>` stands for the gateway's. */
export function connectParams(token: string, change: Record<string, unknown> = {}): Record<string, unknown> {
  const params = {
    minProtocol: 4,
    maxProtocol: 4,
    client: { id: 'gateway-client', version: '0.1.0', platform: 'linux', mode: 'backend' },
    role: 'operator',
    scopes: operatorScopes,
    caps: operatorCaps,
    auth: { token: '<token>' },
    ...change,
  };
  return JSON.parse(JSON.stringify(params).replaceAll('<token>', token)) as Record<string, unknown>;
}

/** What was recorded from the real gateway; `samples/README.md` says how. */
export function readSample<Sample>(name: string): Sample {
  return JSON.parse(readFileSync(join(import.meta.dirname, '../samples', `${name}.json`), 'utf8')) as Sample;
}
