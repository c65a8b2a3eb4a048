import { setTimeout as sleep } from 'node:timers/promises';
import { connectGatewayPatiently } from '@clawster/gateway/client';
import type { GatewayAddress, GatewayClient } from '@clawster/gateway/client';
import type { EventFrame } from '@clawster/gateway/protocol';

/** The operator connection to this bot's gateway, made again whenever it is lost. */
export type GatewayLink = {
  /** The live connection, waited for up to `waitMs`. Throws when there is none by then, or when `signal` says so. */
  client(waitMs?: number, signal?: AbortSignal): Promise<GatewayClient>;
  onEvent(listener: (event: EventFrame) => void): () => void;
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

class HeldLink implements GatewayLink {
  readonly #options: GatewayLinkOptions;
  readonly #over = new AbortController();
  readonly #listeners = new Set<(event: EventFrame) => void>();
  readonly #waiting = new Set<(client: GatewayClient) => void>();
  #current: GatewayClient | undefined;

  constructor(options: GatewayLinkOptions) {
    this.#options = options;
    void this.#keep();
  }

  async client(waitMs = 0, signal?: AbortSignal) {
    if (this.#current) return this.#current;
    signal?.throwIfAborted();
    return waitAmong(this.#waiting, waitMs, signal);
  }

  onEvent(listener: (event: EventFrame) => void) {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  close() {
    this.#over.abort();
    this.#current?.close();
  }

  async #keep(): Promise<void> {
    const { signal } = this.#over;
    while (!signal.aborted) {
      try {
        const client = await connectGatewayPatiently(this.#options.address(), { deadlineMs: 30_000, signal });
        const end = await this.#hold(client);
        if (!signal.aborted) this.#options.onDown(end.message);
      } catch (error) {
        if (signal.aborted) return;
        this.#options.onDown(error instanceof Error ? error.message : String(error));
        // A wrong token locks the operator out after ten tries a minute.
        await sleep(7_000, undefined, { signal }).catch(() => {});
      }
    }
  }

  /** Makes this the live connection until it ends; one that does not get so far is closed again. */
  async #hold(client: GatewayClient): Promise<Error> {
    try {
      client.onEvent((event) => {
        for (const listener of this.#listeners) listener(event);
      });
      await client.call('sessions.subscribe', {});
      this.#over.signal.throwIfAborted();
      this.#current = client;
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
  waitMs: number,
  signal: AbortSignal | undefined,
): Promise<GatewayClient> {
  const { promise, resolve, reject } = Promise.withResolvers<GatewayClient>();
  const timer = setTimeout(() => reject(new Error('The gateway does not answer')), waitMs);
  const leave = () => reject(signal?.reason);
  signal?.addEventListener('abort', leave, { once: true });
  waiting.add(resolve);
  return promise.finally(() => {
    clearTimeout(timer);
    signal?.removeEventListener('abort', leave);
    waiting.delete(resolve);
  });
}
