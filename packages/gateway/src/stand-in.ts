import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebSocketServer } from 'ws';
import type { WebSocket } from 'ws';
import { z } from 'zod';
import { admit, schemaMessage } from './stand-in/handshake.ts';
import { invalid, methods } from './stand-in/methods.ts';
import type { Connection, Method, Outcome } from './stand-in/methods.ts';
import { playRun } from './stand-in/run.ts';
import type { StandInModel } from './stand-in/run.ts';
import { scriptedModel } from './stand-in/scripted-model.ts';
import type { StandInState } from './stand-in/state.ts';

const Request = z.strictObject({
  type: z.literal('req'),
  id: z.string(),
  method: z.string(),
  params: z.record(z.string(), z.unknown()).default({}),
});

/** What goes wrong, until it is set otherwise. */
export type Fault = { slowMs?: number; silent?: boolean; starting?: boolean; unready?: boolean };

export type StandIn = {
  port: number;
  token: string;
  state: StandInState;
  fault(fault: Fault): void;
  /** Says goodbye as a restarting gateway does, and is another one when it is reached again. */
  restart(): void;
  /** Every connection breaks, without a word. */
  drop(): void;
  close(): Promise<void>;
};

/** A gateway that is none: as strict as the real one in what we use of it, and quick. */
export async function startStandIn(
  options: { port?: number; token?: string; model?: StandInModel; state?: Partial<StandInState> } = {},
): Promise<StandIn> {
  let fault: Fault = {};
  const sockets = new Set<WebSocket>();
  const everyone: Connection['emit'] = (event, payload) => {
    for (const socket of sockets) socket.send(JSON.stringify({ type: 'event', event, payload }));
  };
  const state = createState(options, everyone);
  const http = createServer((request, response) => {
    const ready = request.url === '/readyz' || request.url === '/ready';
    response.writeHead(ready && fault.unready ? 503 : 200, { 'content-type': 'application/json' });
    response.end(
      JSON.stringify(
        ready ? { ready: !fault.unready, failing: fault.unready ? ['startup'] : [] } : { ok: true, status: 'live' },
      ),
    );
  });
  const server = new WebSocketServer({ server: http, perMessageDeflate: false });
  server.on('connection', (socket) => converse(socket, { state, sockets, fault: () => fault }));
  await new Promise<void>((resolve, reject) => {
    http.once('error', reject).listen(options.port ?? 0, '127.0.0.1', resolve);
  });
  return {
    port: (http.address() as AddressInfo).port,
    token: state.token,
    state,
    fault(next) {
      fault = next;
    },
    restart() {
      everyone('shutdown', { reason: 'gateway restarting', restartExpectedMs: 1500 });
      state.bootId = randomUUID();
      for (const socket of sockets) socket.close(1012, 'service restart');
    },
    drop() {
      for (const socket of server.clients) socket.terminate();
    },
    async close() {
      for (const socket of server.clients) socket.terminate();
      for (const run of state.runs.values()) run.abort.abort();
      http.closeAllConnections();
      await new Promise((resolve) => {
        http.close(resolve);
      });
    },
  };
}

type Talking = { state: StandInState; sockets: Set<WebSocket>; fault: () => Fault };

function converse(socket: WebSocket, { state, sockets, fault }: Talking) {
  let connection: Connection | undefined;
  const send = (frame: unknown) => {
    if (socket.readyState === socket.OPEN) socket.send(JSON.stringify(frame));
  };
  const respond = (id: string, outcome: Outcome) => {
    const { silent, slowMs = 0 } = fault();
    if (silent) return;
    if (slowMs > 0) setTimeout(() => send({ type: 'res', id, ...outcome }), slowMs);
    else send({ type: 'res', id, ...outcome });
  };
  const refuse = (id: string, problem: { code: string; message: string }, closeCode: number) => {
    send({ type: 'res', id, ok: false, error: problem });
    socket.close(closeCode, problem.message.slice(0, 120));
  };
  send({
    type: 'event',
    event: 'connect.challenge',
    payload: { nonce: randomUUID(), ts: Date.now(), capabilities: ['model-catalog-snapshot'] },
  });
  socket.on('close', () => sockets.delete(socket));
  socket.on('message', (data) => {
    const frame = Request.safeParse(readJson(String(data)));
    if (!frame.success) return socket.close(connection ? 1008 : 1000, 'invalid request frame');
    const { id, method, params } = frame.data;
    if (connection) {
      const outcome = carryOut(method, { id, params, state, connection });
      return outcome ? respond(id, outcome) : undefined;
    }
    if (method !== 'connect')
      return refuse(id, { code: 'INVALID_REQUEST', message: 'invalid handshake: first request must be connect' }, 1008);
    if (fault().starting)
      return refuse(
        id,
        Object.assign(
          { code: 'UNAVAILABLE', message: 'gateway starting' },
          { details: { reason: 'startup-sidecars' }, retryable: true, retryAfterMs: 500 },
        ),
        1013,
      );
    const admission = admit(params, state.token);
    if ('refusal' in admission) return refuse(id, admission.refusal, admission.closeCode);
    connection = {
      scopes: admission.scopes,
      emit: (event, payload) => send({ type: 'event', event, payload }),
      respond,
    };
    sockets.add(socket);
    respond(id, { ok: true, payload: helloOk(state, admission.scopes) });
  });
}

function carryOut(name: string, call: Parameters<Method['handle']>[0]): Outcome | undefined {
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
      capabilities: [],
    },
    snapshot: {
      suspension: { phase: 'accepting' },
      presence: [],
      health: { ok: true },
      stateVersion: { presence: 1, health: 1 },
      uptimeMs: 1,
      authMode: 'token',
    },
    auth: { method: 'token', role: 'operator', scopes },
    policy: { maxPayload: 26_214_400, maxBufferedBytes: 52_428_800, tickIntervalMs: 30_000 },
  };
}

function createState(
  options: { token?: string; model?: StandInModel; state?: Partial<StandInState> },
  emit: Connection['emit'],
): StandInState {
  const lanes = new Map<string, Promise<unknown>>();
  const state: StandInState = {
    token: options.token ?? randomUUID(),
    bootId: randomUUID(),
    configPath: 'openclaw.json',
    configText: '{}',
    appliedText: '{}',
    isReadOnly: false,
    issues: [],
    files: new Map(),
    sessions: new Map(),
    runs: new Map(),
    reloadSecrets: () => 0,
    startRun(request, respond) {
      const abort = new AbortController();
      // One run at a time in a session; the others wait their turn.
      const before = lanes.get(request.sessionKey) ?? Promise.resolve();
      const outcome = before.then(() =>
        playRun(request, { state, model: options.model ?? scriptedModel, emit, abort }),
      );
      lanes.set(request.sessionKey, outcome);
      const run = {
        runId: request.runId,
        sessionKey: request.sessionKey,
        isOver: false,
        abort,
        settled: outcome.then((one) =>
          one.ok ? one.payload : { runId: request.runId, status: 'error', error: one.error.message },
        ),
      };
      state.runs.set(request.runId, run);
      void outcome.then((final) => {
        run.isOver = true;
        respond(final);
      });
    },
    ...options.state,
  };
  return state;
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
