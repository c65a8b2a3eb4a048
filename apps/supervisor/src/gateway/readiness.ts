import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { ConfigState } from '@clawster/gateway/protocol';
import { refusalOf } from './check-document.ts';
import { ChannelKind } from '@clawster/link/channel';
import type { GatewayClient } from '@clawster/gateway/client';

/** A conversation of its own, so that the proof never shows among the bot's conversations. */
export const warmUpSessionKey = 'agent:main:clawster-warm-up';

/** Waits until the gateway says over HTTP that it is ready; throws after `timeoutMs`, or when `signal` says so. */
export async function untilReadyz(port: number, options: { timeoutMs: number; signal: AbortSignal }): Promise<void> {
  const deadline = Date.now() + options.timeoutMs;
  let last = 'it does not answer yet';
  while (Date.now() < deadline) {
    options.signal.throwIfAborted();
    try {
      const response = await fetch(`http://127.0.0.1:${port}/readyz`, { signal: AbortSignal.timeout(5_000) });
      const body = (await response.json()) as { ready?: boolean; failing?: string[] };
      if (body.ready || onlyChannelsFail(body.failing)) return;
      last = `it waits for ${(body.failing ?? []).join(', ') || 'its start to finish'}`;
    } catch {
      /* Not listening yet. */
    }
    await sleep(250, undefined, { signal: options.signal });
  }
  throw new Error(`The gateway was not ready after ${Math.round(options.timeoutMs / 1000)} s: ${last}`);
}

/** A channel that does not work, such as one whose token was revoked, makes OpenClaw say that it is not ready; all else works. */
function onlyChannelsFail(failing: readonly string[] = []): boolean {
  return failing.length > 0 && failing.every((name) => ChannelKind.safeParse(name).success);
}

/** One throw-away turn: proves the model, and loads what OpenClaw loads at the first turn only. */
export async function warmUp(
  client: GatewayClient,
  signal: AbortSignal,
): Promise<{ text: string; durationMs: number }> {
  const startedAt = Date.now();
  const outcome = await client.run(
    {
      message: 'Reply with OK.',
      sessionKey: warmUpSessionKey,
      idempotencyKey: `warm-up:${randomUUID()}`,
      deliver: false,
      timeout: 120,
    },
    { timeoutMs: 180_000, signal },
  );
  if (outcome.status !== 'ok')
    throw new Error(outcome.error ?? outcome.summary ?? `The first turn ended with "${outcome.status}"`);
  const text = (outcome.result?.payloads ?? [])
    .map((one) => one.text ?? '')
    .join('')
    .trim();
  // Forgotten again, so that the next proof is as short as the first.
  await client.call('sessions.delete', { key: warmUpSessionKey, deleteTranscript: true }).catch(() => {});
  return { text, durationMs: Date.now() - startedAt };
}

/** What became of a file that was written: `late` is neither taken nor refused in time. */
export type Takeover = 'applied' | 'late' | { refused: string };

/**
 * Waits until the gateway took over the file as it lies there, or refused it: saved is not applied. `before` is the hash of
 * the file before: for a moment OpenClaw goes on telling of that one.
 */
export async function untilApplied(
  client: GatewayClient,
  options: { before: string; timeoutMs: number; signal: AbortSignal },
): Promise<Takeover> {
  const deadline = Date.now() + options.timeoutMs;
  while (Date.now() < deadline) {
    const state = ConfigState.parse(await client.call('config.get'));
    if (state.hash !== options.before) {
      if (!state.valid) return { refused: refusalOf(state.issues) };
      if (state.configRevisionHash === state.appliedConfigHash) return 'applied';
    }
    await sleep(300, undefined, { signal: options.signal });
  }
  return 'late';
}
