import { setTimeout as sleep } from 'node:timers/promises';
import type { GatewayClient } from '@clawster/gateway/client';
import { ConfigState } from '@clawster/gateway/protocol';

const timeoutMs = 30_000;
const everyMs = 300;
/** It takes OpenClaw up to eight seconds to see that its file is another one: so long what it says may be of before. */
const settledMs = 8_000;

/** Its hash of the document it runs by, when it runs by the one that lies there. */
export async function hashOfApplied(client: GatewayClient): Promise<string | undefined> {
  const { valid, hash, configRevisionHash, appliedConfigHash } = ConfigState.parse(await client.call('config.get'));
  return valid && configRevisionHash === appliedConfigHash ? hash : undefined;
}

/**
 * Whether a gateway runs by its document again once that was put back. `good` is its hash of it; where that is not known,
 * what it says for so long that it must have seen the file. It may not even have noticed that there was another. False as
 * well when its connection goes, as when it starts itself anew over what was changed.
 */
export async function runsAgain(client: GatewayClient, known: Known): Promise<boolean> {
  try {
    return await settles(client, known);
  } catch {
    known.signal.throwIfAborted();
    return false;
  }
}

type Known = { good?: string | undefined; signal: AbortSignal };

async function settles(client: GatewayClient, { good, signal }: Known): Promise<boolean> {
  let last: string | undefined;
  let since = Date.now();
  for (const deadline = Date.now() + timeoutMs; Date.now() < deadline;) {
    const hash = await hashOfApplied(client);
    if (hash === undefined || hash !== last) since = Date.now();
    last = hash;
    const isRight = good === undefined || hash === good;
    if (hash !== undefined && isRight && Date.now() - since >= settledMs) return true;
    await sleep(everyMs, undefined, { signal });
  }
  return false;
}
