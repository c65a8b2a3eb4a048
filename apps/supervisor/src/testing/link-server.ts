import { randomUUID, verify, createPublicKey } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type ControlPlaneMethod, controlPlaneMethods } from '@clawster/link/control-plane-methods';
import type { Copy } from '@clawster/link/copy';
import type { EventFrame, RequestFrame, ResponseFrame } from '@clawster/link/frame';
import { Authenticate, signedText } from '@clawster/link/handshake';
import { readFrame } from '@clawster/link/read-frame';
import { Report, TelemetryBatch } from '@clawster/link/report';
import { WebSocketServer } from 'ws';
import type { WebSocket } from 'ws';

type Pending = { resolve: (result: unknown) => void; reject: (error: Error) => void; parts: unknown[] };

type Answers = { [M in ControlPlaneMethod]?: (params: never) => unknown };

type Amiss = { hello?: object; welcome?: object };

/** The control plane's end of the link, for tests: verifies who dials in, asks, and keeps what it is told. */
export async function startLinkServer() {
  const http = createServer();
  const server = new WebSocketServer({ server: http });
  const introductions: { method: string; params: Record<string, unknown> }[] = [];
  const reports: Report[] = [];
  const telemetry: TelemetryBatch[] = [];
  const pending = new Map<string, Pending>();
  let socket: WebSocket | undefined;
  let epoch = 0;
  let copy: Copy | undefined;
  let amiss: Amiss = {};
  const asked: { method: string; params: unknown }[] = [];
  const answers: Answers = {};
  const declines: { params: unknown; code: number }[] = [];

  server.on('connection', (opened) => {
    const nonce = randomUUID();
    opened.send(
      JSON.stringify({
        type: 'event',
        event: 'hello',
        payload: { linkVersion: 1, linkVersionMin: 1, nonce, copy, ...amiss.hello },
      }),
    );
    opened.on('close', () => {
      for (const waiting of pending.values()) waiting.reject(new Error('The link ended before the answer'));
      pending.clear();
    });
    opened.on('message', (data) => {
      const frame = readFrame(data);
      if (frame?.type === 'req' && frame.method in controlPlaneMethods) void answer(frame, opened);
      else if (frame?.type === 'req') {
        if (!isSigned(nonce, frame.params)) return opened.close(4401, 'wrong signature');
        if (frame.method === 'decline')
          return void opened.once('close', (code) => declines.push({ params: frame.params, code }));
        introductions.push({ method: frame.method, params: frame.params as Record<string, unknown> });
        socket = opened;
        const result = { epoch: (epoch += 1), heartbeatMs: 500, ...amiss.welcome };
        opened.send(JSON.stringify({ type: 'res', id: frame.id, result }));
      } else if (frame?.type === 'res') answered(frame);
      else if (frame?.type === 'event') told(frame, opened);
      else opened.close(1008, 'not a frame');
    });
  });
  async function answer({ id, method, params }: RequestFrame, asker: WebSocket) {
    const { params: known } = controlPlaneMethods[method as ControlPlaneMethod];
    const parsed: unknown = known.parse(params);
    asked.push({ method, params: parsed });
    const said = await Promise.resolve(parsed)
      .then((given) => answers[method as ControlPlaneMethod]?.(given as never) ?? {})
      .then(
        (result) => ({ result }),
        (error: Error & { code?: string }) => ({ error: { code: error.code ?? 'trouble', message: error.message } }),
      );
    asker.send(JSON.stringify({ type: 'res', id, ...said }));
  }
  function answered({ id, result, error }: ResponseFrame) {
    const waiting = pending.get(id);
    if (error) waiting?.reject(Object.assign(new Error(error.message), { code: error.code }));
    else waiting?.resolve(result);
  }
  function told({ event, request, payload }: EventFrame, teller: WebSocket) {
    if (event === 'part') pending.get(request ?? '')?.parts.push(payload);
    if (event === 'report') reports.push(Report.parse(payload));
    if (event === 'telemetry') {
      const batch = TelemetryBatch.parse(payload);
      telemetry.push(batch);
      teller.send(JSON.stringify({ type: 'ack', epoch: batch.epoch, sequence: batch.items.at(-1)?.sequence ?? 0 }));
    }
  }
  await new Promise<void>((resolve) => {
    http.listen(0, '127.0.0.1', resolve);
  });

  return {
    url: `http://127.0.0.1:${(http.address() as AddressInfo).port}`,
    introductions,
    reports,
    telemetry,
    declines,
    /** What the supervisor asked, and how each method is answered; `{}` where nothing is said. */
    asked,
    /** What it asked by one method, oldest first. */
    askedBy: <T>(method: string) => asked.filter((one) => one.method === method).map(({ params }) => params as T),
    answers,
    /** Which copy of the control plane it says it is, from the next connection on. */
    speakAs: (said: Copy | undefined) => void (copy = said),
    /** What it says beside, or instead of, what is agreed, from the next connection on. */
    misspeak: (said: Amiss) => void (amiss = said),
    /** Asks the linked supervisor; `parts` fill while it answers. */
    ask(method: string, params: unknown, parts: unknown[] = []) {
      const id = randomUUID();
      const { promise, resolve, reject } = Promise.withResolvers<unknown>();
      pending.set(id, { resolve, reject, parts });
      socket?.send(JSON.stringify({ type: 'req', id, method, params }));
      return Object.assign(promise, { id, parts });
    },
    end: (code: number) => socket?.close(code),
    async close() {
      for (const client of server.clients) client.terminate();
      await new Promise((resolve) => {
        http.close(resolve);
      });
    },
  };
}
export type LinkServer = Awaited<ReturnType<typeof startLinkServer>>;

function isSigned(nonce: string, params: unknown): boolean {
  const { botId, publicKey, signature } = Authenticate.parse(params);
  const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: publicKey }, format: 'jwk' });
  return verify(null, Buffer.from(signedText(nonce, botId, publicKey)), key, Buffer.from(signature, 'base64url'));
}

export async function until<Value>(
  look: () => Value | undefined | false | Promise<Value | undefined | false>,
  timeoutMs: number,
  what: string,
): Promise<Value> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    const value = await look();
    if (value) return value;
    if (Date.now() > deadline) throw new Error(`Waited ${timeoutMs} ms in vain for ${what}`);
    await new Promise((resolve) => {
      setTimeout(resolve, 20);
    });
  }
}
