import { randomUUID } from 'node:crypto';
import type { OpenLink } from '@clawster/control-plane/link/open-link';
import { Refusal } from '@clawster/domain/refusal';
import type { Frame, ResponseFrame } from '@clawster/link/frame';
import {
  supervisorMethods,
  type SupervisorMethod,
  type SupervisorParams,
  type SupervisorResult,
} from '@clawster/link/supervisor-methods';
import type { WebSocket } from 'ws';

export type AskOptions = { signal?: AbortSignal; timeoutMs?: number; onPart?: (part: unknown) => void };
type Pending = {
  resolve(result: unknown): void;
  reject(error: Error): void;
  onPart: ((part: unknown) => void) | undefined;
};

const requestMs = 30_000;
/** A supervisor that does not read what it is sent must not fill this process's memory. */
const bufferedBytesMax = 16 * 1024 * 1024;
const requestsMax = 256;

/** One bot's open link: requests go down, their parts and answers come up. */
export class LinkConnection {
  readonly link: OpenLink;
  readonly #socket: WebSocket;
  readonly #pending = new Map<string, Pending>();
  /** By the clock that never jumps. */
  lastHeardAt = performance.now();
  /** Set while this end does not listen: silence then says nothing about the other. */
  isPaused = false;

  constructor(socket: WebSocket, link: OpenLink) {
    this.#socket = socket;
    this.link = link;
  }

  /** Whether nothing asked over this link is under way. */
  get isIdle(): boolean {
    return this.#pending.size === 0;
  }

  /** Asks the supervisor, and resolves with its checked answer; withdrawn when the signal is aborted or the time is up. */
  async request<M extends SupervisorMethod>(
    method: M,
    params: SupervisorParams<M>,
    options: AskOptions = {},
  ): Promise<SupervisorResult<M>> {
    options.signal?.throwIfAborted();
    if (this.#pending.size >= requestsMax || this.#socket.bufferedAmount > bufferedBytesMax) {
      throw new Refusal('too-many', 'The bot is busy answering others: try again in a moment');
    }
    const result = await this.#ask(method, params, options);
    return supervisorMethods[method].result.parse(result) as SupervisorResult<M>;
  }

  #ask(method: string, params: unknown, { signal, timeoutMs = requestMs, onPart }: AskOptions): Promise<unknown> {
    const id = randomUUID();
    const { promise, resolve, reject } = Promise.withResolvers<unknown>();
    const withdraw = (reason: Error) => {
      reject(reason);
      this.send({ type: 'req', id: randomUUID(), method: 'cancel', params: { request: id } });
    };
    const timer = setTimeout(
      () => withdraw(new Refusal('unavailable', `The bot did not answer within ${Math.round(timeoutMs / 1000)} s`)),
      timeoutMs,
    );
    const leave = () => withdraw(new Refusal('unavailable', 'The request was withdrawn'));
    signal?.addEventListener('abort', leave, { once: true });
    this.#pending.set(id, { resolve, reject, onPart });
    this.send({ type: 'req', id, method, params });
    return promise.finally(() => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', leave);
      this.#pending.delete(id);
    });
  }

  /** Settles the request this answers; answers nobody waits for any more are let go. */
  answered(frame: ResponseFrame): void {
    const pending = this.#pending.get(frame.id);
    if (frame.error) pending?.reject(refusalFor(frame.error));
    else pending?.resolve(frame.result);
  }

  /** Hands on a part of an answer; a listener that chokes on it loses its request, not the link. */
  part(request: string | undefined, payload: unknown): void {
    const pending = request === undefined ? undefined : this.#pending.get(request);
    try {
      pending?.onPart?.(payload);
    } catch (cause) {
      pending?.reject(new Error('The bot sent a part that is not as agreed', { cause }));
    }
  }

  send(frame: Frame): void {
    if (this.#socket.readyState === this.#socket.OPEN) this.#socket.send(JSON.stringify(frame));
  }

  close(code: number, reason: string): void {
    this.#socket.close(code, reason);
    // One that does not answer the close is cut off: a revoked bot has no second left.
    setTimeout(() => this.#socket.terminate(), 1_000).unref();
  }

  terminate(): void {
    this.#socket.terminate();
  }

  /** Ends what was under way once the link is gone. */
  ended(): void {
    for (const { reject } of this.#pending.values())
      reject(new Refusal('unavailable', 'The link to the bot broke off: try again in a moment'));
  }
}

/** What a supervisor refused, in its own words; what went wrong there is trouble of the bot, not of the caller. */
function refusalFor({ code, message }: { code: string; message: string }): Error {
  switch (code) {
    case 'gateway-down':
    case 'timeout':
    case 'cancelled':
      return new Refusal('unavailable', message);
    case 'refused':
    case 'invalid':
      return new Refusal('refused', message);
    case 'unknown-method':
      return new Refusal('refused', `${message}: its supervisor is older than this Clawster`);
    default:
      return new Refusal('trouble', message);
  }
}
