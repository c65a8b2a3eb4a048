import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import WebSocket from 'ws';
import { createListeners, type EventListener } from './event-order.ts';
import {
  GatewayClosed,
  GatewayError,
  GatewayNonsense,
  GatewayTimeout,
  isWorthAnotherTry,
  retryAfterMs,
} from './gateway-error.ts';
import {
  AgentAccepted,
  AgentFinal,
  Challenge,
  HelloOk,
  operatorCaps,
  operatorScopes,
  protocolVersion,
} from './protocol.ts';
import { leave } from './leave.ts';
import { readIncoming } from './read-json.ts';

/** A frame that says it is larger ends the connection before any of it is kept. */
const frameBytesMax = 64 * 1024 * 1024;

export type GatewayAddress = { port: number; token: string };
export type ConnectOptions = {
  scopes?: readonly string[];
  caps?: readonly string[];
  handshakeTimeoutMs?: number;
  /** Silence longer than this ends the connection; the gateway ticks every 30 s. */
  silenceMsMax?: number;
};
export type CallOptions = { timeoutMs?: number; signal?: AbortSignal };
export type Run = Record<string, unknown> & { message: string; sessionKey: string; idempotencyKey: string };

/** One operator connection to one gateway on loopback. */
export type GatewayClient = {
  hello: HelloOk;
  /** Settles once, when the connection is over. */
  closed: Promise<GatewayClosed>;
  /** Asks and waits; throws GatewayError, GatewayClosed or GatewayTimeout. */
  call(method: string, params?: Record<string, unknown>, options?: CallOptions): Promise<unknown>;
  /** Starts a run; settles with its outcome, after `onAccepted` told that it is queued. */
  run(run: Run, options?: CallOptions & { onAccepted?: () => void }): Promise<AgentFinal>;
  /** Told of each event once, in the gateway's order, and of how many before it never came. Returns how to stop listening. */
  onEvent(listener: EventListener): () => void;
  close(): void;
};

type Pending = {
  settle: (payload: unknown) => void;
  fail: (error: Error) => void;
  /** Takes a first answer that is not yet the final one. */
  isAccepted?: (payload: unknown) => boolean;
};

/** Connects as the gateway's operator. Only a loopback peer is given scopes, so the address is a port. */
export async function connectGateway(address: GatewayAddress, options: ConnectOptions = {}): Promise<GatewayClient> {
  const socket = new WebSocket(`ws://127.0.0.1:${address.port}`, {
    perMessageDeflate: false,
    maxPayload: frameBytesMax,
    handshakeTimeout: options.handshakeTimeoutMs ?? 15_000,
  });
  const session = openSession(socket, options.silenceMsMax ?? 90_000);
  const timer = setTimeout(() => socket.terminate(), options.handshakeTimeoutMs ?? 15_000);
  try {
    await session.challenged;
    const said = await session.call('connect', connectParams(address.token, options), { timeoutMs: 15_000 });
    return { ...session, hello: helloFrom(said) };
  } catch (error) {
    socket.terminate();
    throw error;
  } finally {
    clearTimeout(timer);
  }
}

/** Knocks until the gateway lets us in, or until `deadlineMs` from now; a refusal that knocking cannot cure is thrown at once. */
export async function connectGatewayPatiently(
  address: GatewayAddress,
  options: ConnectOptions & { deadlineMs: number; signal?: AbortSignal },
): Promise<GatewayClient> {
  const deadline = Date.now() + options.deadlineMs;
  for (;;) {
    try {
      return await connectGateway(address, options);
    } catch (error) {
      const waitMs = retryAfterMs(error) ?? 500;
      if (!isWorthAnotherTry(error) || Date.now() + waitMs > deadline) throw error;
      await sleep(waitMs, undefined, options.signal ? { signal: options.signal } : {});
    }
  }
}

function connectParams(token: string, options: ConnectOptions) {
  return {
    minProtocol: protocolVersion,
    maxProtocol: protocolVersion,
    client: {
      id: 'gateway-client',
      displayName: 'clawster',
      version: '0.1.0',
      platform: process.platform,
      mode: 'backend',
    },
    role: 'operator',
    scopes: options.scopes ?? operatorScopes,
    caps: options.caps ?? operatorCaps,
    auth: { token },
    locale: 'en-US',
    userAgent: 'clawster/0.1.0',
  };
}

function helloFrom(said: unknown): HelloOk {
  const hello = HelloOk.safeParse(said);
  if (!hello.success) throw new GatewayNonsense(1002, 'The gateway greeted in a way this Clawster does not know');
  const { protocol } = hello.data;
  if (protocol === protocolVersion) return hello.data;
  throw new GatewayNonsense(1002, `The gateway speaks protocol ${protocol}, and this Clawster only ${protocolVersion}`);
}

type Session = Omit<GatewayClient, 'hello'> & { challenged: Promise<void> };

function openSession(socket: WebSocket, silenceMsMax: number): Session {
  const pending = new Map<string, Pending>();
  const listeners = createListeners();
  const challenged = Promise.withResolvers<void>();
  const closed = Promise.withResolvers<GatewayClosed>();
  let ending: GatewayClosed | undefined;
  challenged.promise.catch(() => {});
  const silence = endWhenSilent(socket, silenceMsMax);

  function end(error: Error) {
    silence.stop();
    if (error instanceof GatewayNonsense) leave(socket, error.closeCode);
    ending ??= error instanceof GatewayClosed ? error : new GatewayClosed(1006, error.message);
    challenged.reject(error);
    for (const waiting of pending.values()) waiting.fail(error);
    pending.clear();
    closed.resolve(ending);
  }

  socket.on('ping', silence.heard);
  socket.on('error', (error) => end(explained(error)));
  socket.on('close', (code, reason) => end(new GatewayClosed(code, String(reason))));
  socket.on('message', (data) => {
    silence.heard();
    if (ending) return;
    const frame = readIncoming(data);
    if (frame === 'skip') return;
    if (typeof frame === 'string') return end(new GatewayNonsense(1002, `The gateway said what is ${frame}`));
    if (frame.type === 'res') return answer(pending, frame);
    if (frame.event === 'connect.challenge' && Challenge.safeParse(frame.payload).success) return challenged.resolve();
    listeners.tell(frame);
  });

  const ask = (request: Ask, options: CallOptions) =>
    ending ? Promise.reject(ending) : send({ socket, pending }, request, options);

  return {
    challenged: challenged.promise,
    closed: closed.promise,
    call: (method, params = {}, options = {}) => ask({ method, params }, options),
    run: (run, { onAccepted, ...options } = {}) =>
      ask(runAsk(run, onAccepted), { timeoutMs: 0, ...options }).then((final) => AgentFinal.parse(final)),
    onEvent: listeners.add,
    close: () => socket.close(1000),
  };
}

function runAsk(params: Run, onAccepted?: () => void): Ask {
  const isAccepted = (payload: unknown) => {
    if (!AgentAccepted.safeParse(payload).success) return false;
    onAccepted?.();
    return true;
  };
  return { method: 'agent', params, isAccepted };
}

function explained(error: Error): Error {
  if (!('code' in error) || error.code !== 'WS_ERR_UNSUPPORTED_MESSAGE_LENGTH') return error;
  return new GatewayNonsense(1009, `The gateway said more than ${frameBytesMax / 1024 / 1024} MiB at once`);
}

/** Ends a connection that says nothing for too long. */
function endWhenSilent(socket: WebSocket, silenceMsMax: number): { heard(): void; stop(): void } {
  // Counted in three steps, so that a process that stood still for a while reads what waits for it before it gives up.
  let silentSteps = 0;
  const watch = setInterval(() => {
    silentSteps += 1;
    if (silentSteps > 3) socket.terminate();
  }, silenceMsMax / 3);
  return {
    heard() {
      silentSteps = 0;
    },
    stop: () => clearInterval(watch),
  };
}

type Wire = { socket: WebSocket; pending: Map<string, Pending> };
type Ask = { method: string; params: unknown; isAccepted?: Pending['isAccepted'] };

/** `timeoutMs` 0 waits for as long as the connection lasts: a run may take an hour. */
function send(wire: Wire, { method, params, isAccepted }: Ask, options: CallOptions): Promise<unknown> {
  const { timeoutMs = 60_000, signal } = options;
  const id = randomUUID();
  const { promise, resolve, reject } = Promise.withResolvers<unknown>();
  const abandon = () => reject(signal?.reason);
  const timer = timeoutMs > 0 ? setTimeout(() => reject(new GatewayTimeout(method, timeoutMs)), timeoutMs) : undefined;
  signal?.addEventListener('abort', abandon, { once: true });
  wire.pending.set(id, { settle: resolve, fail: reject, ...(isAccepted ? { isAccepted } : {}) });
  wire.socket.send(JSON.stringify({ type: 'req', id, method, params }), (error) => {
    if (error) reject(error);
  });
  return promise.finally(() => {
    clearTimeout(timer);
    signal?.removeEventListener('abort', abandon);
    wire.pending.delete(id);
  });
}

function answer(
  pending: Map<string, Pending>,
  frame: {
    id: string;
    ok: boolean;
    payload?: unknown;
    error?: ConstructorParameters<typeof GatewayError>[0] | undefined;
  },
) {
  const waiting = pending.get(frame.id);
  if (!waiting) return;
  if (!frame.ok)
    return waiting.fail(
      new GatewayError(frame.error ?? { code: 'UNKNOWN', message: 'The gateway refused without a reason' }),
    );
  if (waiting.isAccepted?.(frame.payload)) return;
  waiting.settle(frame.payload);
}
