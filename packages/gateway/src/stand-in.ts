import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebSocketServer } from 'ws';
import { isBlocked } from './stand-in/channels.ts';
import { mayHear } from './stand-in/connection.ts';
import type { Connection } from './stand-in/connection.ts';
import { converse } from './stand-in/converse.ts';
import type { Fault } from './stand-in/converse.ts';
import { playRun } from './stand-in/run.ts';
import type { StandInModel } from './stand-in/run.ts';
import { scriptedModel } from './stand-in/scripted-model.ts';
import type { Run, RunRequest, StandInState } from './stand-in/state.ts';
import type { Emit } from './stand-in/story.ts';

export type StandIn = {
  port: number;
  token: string;
  state: StandInState;
  /** When each connection came. */
  knocks: number[];
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
  const connections = new Set<Connection>();
  const knocks: number[] = [];
  const emit: Emit = (event, payload, about = {}) => {
    for (const connection of connections) if (mayHear(connection, event, about)) connection.emit(event, payload);
  };
  const state = createState(options, emit);
  const http = serveHttp(() => (fault.unready ? ['startup'] : blockedOf(state)));
  const server = new WebSocketServer({ server: http, perMessageDeflate: false });
  server.on('connection', (socket) => {
    knocks.push(Date.now());
    converse(socket, { state, connections, fault: () => fault });
  });
  await new Promise<void>((resolve, reject) => {
    http.once('error', reject).listen(options.port ?? 0, '127.0.0.1', resolve);
  });
  return {
    port: (http.address() as AddressInfo).port,
    token: state.token,
    state,
    knocks,
    fault(next) {
      fault = next;
      const { says } = next;
      if (says) for (const socket of server.clients) socket.send(says.text.repeat(says.times));
    },
    restart() {
      emit('shutdown', { reason: 'gateway restarting', restartExpectedMs: 1500 });
      state.bootId = randomUUID();
      for (const socket of server.clients) socket.close(1012, 'service restart');
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

function blockedOf({ channels }: StandInState): string[] {
  return [...channels].flatMap(([name, channel]) => (isBlocked(channel) ? [name] : []));
}

/** The two questions a gateway answers to everyone: whether it lives, and whether it is ready. */
function serveHttp(failing: () => string[]) {
  return createServer((request, response) => {
    const reasons = failing();
    const answer = (status: number, body: unknown) =>
      response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' }).end(JSON.stringify(body));
    const path = request.url ?? '';
    if (['/healthz', '/health'].includes(path)) answer(200, { ok: true, status: 'live' });
    else if (['/readyz', '/ready'].includes(path))
      answer(reasons.length > 0 ? 503 : 200, { ready: reasons.length === 0, failing: reasons, uptimeMs: 1 });
    else response.writeHead(404, { 'content-type': 'text/plain; charset=utf-8' }).end('Not Found');
  });
}

function createState(
  options: { token?: string; model?: StandInModel; state?: Partial<StandInState> },
  emit: Emit,
): StandInState {
  const lanes = new Map<string, Promise<unknown>>();
  /** One run at a time in a session; the others wait their turn, or are given up. */
  const inTurn = async (request: RunRequest, abort: AbortController) => {
    const before = lanes.get(request.sessionKey) ?? Promise.resolve();
    const givenUp = new Promise((resolve) => {
      abort.signal.addEventListener('abort', resolve, { once: true });
    });
    const ending = Promise.race([before, givenUp]).then(() =>
      playRun(request, { state, model: options.model ?? scriptedModel, emit, abort }),
    );
    lanes.set(request.sessionKey, Promise.all([before, ending]));
    return ending;
  };
  const state: StandInState = {
    token: options.token ?? randomUUID(),
    bootId: randomUUID(),
    configPath: '/bot/openclaw.json',
    configText: '{}',
    appliedText: '{}',
    isReadOnly: false,
    issues: [],
    files: new Map(),
    sessions: new Map(),
    audit: [],
    runs: new Map(),
    channels: new Map(),
    reloadSecrets: async () => 0,
    startRun(request, respond) {
      const { runId, sessionKey } = request;
      const abort = new AbortController();
      const ending = inTurn(request, abort);
      const run: Run = { runId, sessionKey, abort, settled: ending.then(({ settled }) => settled) };
      state.runs.set(runId, run);
      void ending.then(({ answer }) => {
        run.answer = answer;
        respond(answer);
      });
    },
    ...options.state,
  };
  return state;
}
