import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebSocketServer } from 'ws';
import type { WebSocket } from 'ws';
import { converse } from './stand-in/converse.ts';
import type { Fault } from './stand-in/converse.ts';
import type { Connection } from './stand-in/methods.ts';
import { playRun } from './stand-in/run.ts';
import type { StandInModel } from './stand-in/run.ts';
import { scriptedModel } from './stand-in/scripted-model.ts';
import type { StandInState } from './stand-in/state.ts';

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
