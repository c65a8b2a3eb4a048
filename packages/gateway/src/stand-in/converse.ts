import { randomUUID } from 'node:crypto';
import type { WebSocket } from 'ws';
import { z } from 'zod';
import type { GatewayProblem } from '../protocol.ts';
import { readJson } from '../read-json.ts';
import { admit, schemaMessage } from './handshake.ts';
import type { Admission } from './handshake.ts';
import type { Connection, Outcome } from './connection.ts';
import { invalid } from './method.ts';
import type { Call, Method } from './method.ts';
import { methods } from './methods.ts';
import type { StandInState } from './state.ts';

/** What goes wrong, until it is set otherwise. */
export type Fault = {
  slowMs?: number;
  silent?: boolean;
  starting?: boolean;
  unready?: boolean;
  /** What it says at once, and in place of every frame. */
  says?: { text: string; times: number };
  /** Which protocol its hello tells of. */
  protocol?: number;
  /** What it answers to every request, the first one too. */
  refusal?: GatewayProblem;
  /** Each event comes twice, or after the next one, or not at all; each is numbered as if all were well. */
  events?: 'twice' | 'swapped' | 'left-out';
};
/** What the connections of one stand-in share. */
export type Talking = { state: StandInState; connections: Set<Connection>; fault: () => Fault };

const Request = z.strictObject({
  type: z.literal('req'),
  id: z.string(),
  method: z.string(),
  params: z.record(z.string(), z.unknown()).default({}),
});
type Request = z.infer<typeof Request>;

/** Speaks with one client: challenges it, lets it in or not, and answers its requests. */
export function converse(socket: WebSocket, talking: Talking): void {
  const { state, connections, fault } = talking;
  let connection: Connection | undefined;
  const send = (frame: unknown) => {
    const { says } = fault();
    if (socket.readyState === socket.OPEN) socket.send(says ? says.text.repeat(says.times) : JSON.stringify(frame));
  };
  const tell = numberEvents(send, fault);
  const respond = (id: string, outcome: Outcome) => {
    const { silent, slowMs = 0 } = fault();
    if (silent) return;
    if (slowMs > 0) setTimeout(() => send({ type: 'res', id, ...outcome }), slowMs);
    else send({ type: 'res', id, ...outcome });
  };
  send({
    type: 'event',
    event: 'connect.challenge',
    payload: { nonce: randomUUID(), ts: Date.now(), capabilities: ['model-catalog-snapshot'] },
  });
  socket.on('close', () => connection && connections.delete(connection));
  socket.on('message', (data) => {
    const frame = Request.safeParse(readJson(data));
    if (!frame.success) return connection ? socket.close(1008, 'invalid request frame') : socket.close(1000);
    const { id, method, params } = frame.data;
    if (connection) {
      const { refusal } = fault();
      const outcome = refusal ? refused(refusal) : carryOut(method, { id, params, state, connection });
      return outcome ? respond(id, outcome) : undefined;
    }
    const admission = open(frame.data, talking);
    if ('refusal' in admission) {
      send({ type: 'res', id, ok: false, error: admission.refusal });
      return socket.close(admission.closeCode, admission.refusal.message.slice(0, 120));
    }
    connection = {
      ...admission,
      isSubscribed: false,
      emit: tell,
      respond,
    };
    connections.add(connection);
    respond(id, { ok: true, payload: { ...helloOk(state, admission.scopes), protocol: fault().protocol ?? 4 } });
  });
}

function open({ method, params }: Request, { state, fault }: Talking): Admission {
  if (method !== 'connect')
    return {
      refusal: { code: 'INVALID_REQUEST', message: 'invalid handshake: first request must be connect' },
      closeCode: 1008,
    };
  const { refusal } = fault();
  if (refusal) return { refusal, closeCode: refusal.retryable ? 1013 : 1008 };
  if (fault().starting)
    return {
      refusal: {
        code: 'UNAVAILABLE',
        message: 'gateway starting',
        details: { reason: 'startup-sidecars' },
        retryable: true,
        retryAfterMs: 500,
      },
      closeCode: 1013,
    };
  return admit(params, state.token);
}

function refused(error: GatewayProblem): Outcome {
  return { ok: false, error };
}

/** Tells one client its events, each with its number. */
function numberEvents(send: (frame: unknown) => void, fault: () => Fault): Connection['emit'] {
  let count = 0;
  let held: unknown;
  return (event, payload) => {
    const frame = { type: 'event', event, payload, seq: (count += 1) };
    const { events } = fault();
    if (events === 'left-out') return;
    if (events === 'swapped' && held === undefined) return void (held = frame);
    send(frame);
    if (events === 'twice') send(frame);
    if (held !== undefined) send(held);
    held = undefined;
  };
}

function carryOut(name: string, call: Call): Outcome | undefined {
  const method = Object.hasOwn(methods, name) ? methods[name] : undefined;
  if (!method) return invalid(`unknown method: ${name}`);
  const missing = missingScope(method.scope, call.connection.scopes);
  if (missing)
    return {
      ok: false,
      error: {
        code: 'FORBIDDEN',
        message: `missing scope: ${missing}`,
        details: { code: 'MISSING_SCOPE', missingScope: missing, requiredScopes: [missing] },
      },
    };
  const params = method.params.safeParse(call.params);
  if (!params.success) return invalid(`invalid ${name} params: ${schemaMessage(params.error)}`);
  return method.handle(call);
}

function missingScope(needed: Method['scope'], scopes: string[]): string | undefined {
  const implied = {
    none: [],
    read: ['operator.read', 'operator.write', 'operator.admin'],
    write: ['operator.write', 'operator.admin'],
    admin: ['operator.admin'],
  }[needed];
  return implied.length === 0 || implied.some((scope) => scopes.includes(scope)) ? undefined : `operator.${needed}`;
}

function helloOk(state: StandInState, scopes: string[]) {
  return {
    type: 'hello-ok',
    protocol: 4,
    server: {
      version: '2026.9.6',
      buildId: 'stand-in',
      bootId: state.bootId,
      connId: randomUUID(),
      controlUiBuildSource: 'bundled',
    },
    features: {
      methods: Object.keys(methods),
      events: ['agent', 'chat', 'session.message', 'shutdown', 'tick', 'health'],
      capabilities: ['model-catalog-snapshot'],
    },
    snapshot: {
      suspension: { phase: 'accepting' },
      presence: [],
      health: { ok: true },
      stateVersion: { presence: 1, health: 1 },
      uptimeMs: 1,
      configPath: state.configPath,
      authMode: 'token',
    },
    auth: { method: 'token', role: 'operator', scopes },
    policy: { maxPayload: 26_214_400, maxBufferedBytes: 52_428_800, tickIntervalMs: 30_000 },
  };
}
