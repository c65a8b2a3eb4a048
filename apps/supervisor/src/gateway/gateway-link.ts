import { setTimeout as sleep } from 'node:timers/promises';
import { connectGatewayPatiently } from '@clawster/gateway/client';
import type { GatewayAddress, GatewayClient } from '@clawster/gateway/client';
import type { EventFrame } from '@clawster/gateway/protocol';

/** The operator connection to this bot's gateway, made again whenever it is lost. */
export type GatewayLink = {
  /** The live connection, waited for up to `waitMs`. Throws when there is none by then, or when `signal` says so. */
  client(waitMs?: number, signal?: AbortSignal): Promise<GatewayClient>;
  isUp(): boolean;
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
  const over = new AbortController();
  const listeners = new Set<(event: EventFrame) => void>();
  const waiting = new Set<(client: GatewayClient) => void>();
  let current: GatewayClient | undefined;

  async function keep() {
    while (!over.signal.aborted) {
      try {
        const client = await connectGatewayPatiently(options.address(), { deadlineMs: 30_000, signal: over.signal });
        if (over.signal.aborted) return client.close();
        client.onEvent((event) => {
          for (const listener of listeners) listener(event);
        });
        await client.call('sessions.subscribe', {});
        current = client;
        options.onUp(client);
        for (const resolve of waiting) resolve(client);
        const end = await client.closed;
        current = undefined;
        if (!over.signal.aborted) options.onDown(end.message);
      } catch (error) {
        if (over.signal.aborted) return;
        options.onDown(error instanceof Error ? error.message : String(error));
        // A wrong token locks the operator out after ten tries a minute.
        await sleep(7_000, undefined, { signal: over.signal }).catch(() => {});
      }
    }
  }
  void keep();

  return {
    isUp: () => current !== undefined,
    client(waitMs = 0, signal) {
      if (current) return Promise.resolve(current);
      signal?.throwIfAborted();
      return waitAmong(waiting, waitMs, signal);
    },
    onEvent(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    close() {
      over.abort();
      current?.close();
    },
  };
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
