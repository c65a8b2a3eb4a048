import { setTimeout as sleep } from 'node:timers/promises';
import { connectGatewayPatiently } from '@clawster/gateway/client';
import type { GatewayAddress, GatewayClient } from '@clawster/gateway/client';
import type { EventListener } from '@clawster/gateway/event-order';
import { isWorthAnotherTry, retryAfterMs } from '@clawster/gateway/gateway-error';
import { backoffMs } from '../link/backoff.ts';

/** A connection that held this long was a good one: the next is tried at once. */
const goodMs = 10_000;
/** Ten refused tokens within a minute lock the operator out, even at the shortest of these waits no more than six are tried. */
const refusedWait = { firstMs: 7_000, lastMs: 30_000 };
const otherWait = { firstMs: 500, lastMs: 30_000 };

/** The operator connection to this bot's gateway, made again whenever it is lost. */
export type GatewayLink = {
  /** The live connection, waited for up to `waitMs`. Throws why there is none by then, or when `signal` says so. */
  client(waitMs?: number, signal?: AbortSignal): Promise<GatewayClient>;
  /** `missed` counts within one connection. */
  onEvent(listener: EventListener): () => void;
  close(): void;
};

export type GatewayLinkOptions = {
  /** Asked anew at each connection: the token may have been replaced. */
  address: () => GatewayAddress;
  onUp: (client: GatewayClient) => void;
  onDown: (reason: string) => void;
};

export function openGatewayLink(options: GatewayLinkOptions): GatewayLink {
  return new HeldLink(options);
}

/** How long to leave a gateway alone after so many failures in a row: longer each time, and as long as it asks for. */
export function waitMsAfter(failures: number, error: unknown, random = Math.random): number {
  return Math.max(
    retryAfterMs(error) ?? 0,
    backoffMs(failures, isWorthAnotherTry(error) ? otherWait : refusedWait, random),
  );
}

class HeldLink implements GatewayLink {
  readonly #options: GatewayLinkOptions;
  readonly #over = new AbortController();
  readonly #listeners = new Set<EventListener>();
  readonly #waiting = new Set<(client: GatewayClient) => void>();
  #current: GatewayClient | undefined;
  #whyDown: string | undefined;

  constructor(options: GatewayLinkOptions) {
    this.#options = options;
    void this.#keep();
  }

  async client(waitMs = 0, signal?: AbortSignal) {
    if (this.#current) return this.#current;
    signal?.throwIfAborted();
    const whyNot = () => new Error(['The gateway does not answer', this.#whyDown].filter(Boolean).join(': '));
    return waitAmong(this.#waiting, { waitMs, signal, whyNot });
  }

  onEvent(listener: EventListener) {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  close() {
    this.#over.abort();
    this.#current?.close();
  }

  async #keep(): Promise<void> {
    const { signal } = this.#over;
    for (let failures = 0; ;) {
      const { error, heldMs } = await this.#untilLost();
      if (signal.aborted) return;
      this.#whyDown = error instanceof Error ? error.message : String(error);
      this.#options.onDown(this.#whyDown);
      failures = heldMs > goodMs ? 0 : failures + 1;
      if (failures > 0) await sleep(waitMsAfter(failures - 1, error), undefined, { signal }).catch(() => {});
    }
  }

  /** Connects and stays so; returns what ended it or stood in its way, and how long it held. */
  async #untilLost(): Promise<{ error: unknown; heldMs: number }> {
    const { signal } = this.#over;
    try {
      const client = await connectGatewayPatiently(this.#options.address(), { deadlineMs: 30_000, signal });
      const since = performance.now();
      const error = await this.#hold(client);
      return { error, heldMs: performance.now() - since };
    } catch (error) {
      return { error, heldMs: 0 };
    }
  }

  /** Makes this the live connection until it ends; one that does not get so far is closed again. */
  async #hold(client: GatewayClient): Promise<Error> {
    try {
      client.onEvent((event, missed) => {
        for (const listener of this.#listeners) listener(event, missed);
      });
      await client.call('sessions.subscribe', {});
      this.#over.signal.throwIfAborted();
      this.#current = client;
      this.#whyDown = undefined;
      this.#options.onUp(client);
      for (const resolve of this.#waiting) resolve(client);
      return await client.closed;
    } finally {
      this.#current = undefined;
      client.close();
    }
  }
}

/** Waits among the others for the next connection. */
function waitAmong(
  waiting: Set<(client: GatewayClient) => void>,
  { waitMs, signal, whyNot }: { waitMs: number; signal: AbortSignal | undefined; whyNot: () => Error },
): Promise<GatewayClient> {
  const { promise, resolve, reject } = Promise.withResolvers<GatewayClient>();
  const timer = setTimeout(() => reject(whyNot()), waitMs);
  const leave = () => reject(signal?.reason);
  signal?.addEventListener('abort', leave, { once: true });
  waiting.add(resolve);
  return promise.finally(() => {
    clearTimeout(timer);
    signal?.removeEventListener('abort', leave);
    waiting.delete(resolve);
  });
}
