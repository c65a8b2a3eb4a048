import type { Client } from '@clawster/client/client';
import type { Bot, BotStep } from '@clawster/contract/bot';
import { stepText } from './bot-text.ts';
import { CliRefusal, exitCodes } from './failure.ts';
import type { Output } from './output.ts';

type WatchOptions = { signal: AbortSignal; pollMs?: number };

/** A bot each time its phase, reason or steps changed, beginning with how it is now. */
export async function* watchBot(
  client: Client,
  botId: string,
  { signal, pollMs = 500 }: WatchOptions,
): AsyncGenerator<Bot> {
  let last = '';
  while (!signal.aborted) {
    const bot = await client.bots.get({ botId }, { signal });
    const now = JSON.stringify([bot.status.phase, bot.status.reason, bot.status.steps]);
    if (now !== last) yield bot;
    last = now;
    await new Promise((resolve) => setTimeout(resolve, pollMs));
  }
}

type WaitOptions = WatchOptions & { out: Output; timeoutMs: number };

/** Waits until the bot is ready, telling each step as it ends; refuses when it failed for good or time is up. */
export async function waitUntilReady(
  client: Client,
  botId: string,
  { out, timeoutMs, ...options }: WaitOptions,
): Promise<Bot> {
  const startedMs = Date.now();
  const told = new Set<string>();
  const deadline = AbortSignal.timeout(timeoutMs);
  const signal = AbortSignal.any([options.signal, deadline]);
  try {
    for await (const bot of watchBot(client, botId, { ...options, signal })) {
      for (const step of bot.status.steps) tell(step, told, out);
      if (bot.status.phase === 'ready') {
        out.note(`${bot.name} is ready after ${((Date.now() - startedMs) / 1000).toFixed(1)} s.`);
        return bot;
      }
      if (isGivenUp(bot)) throw new CliRefusal(`${bot.name} is ${bot.status.phase}: ${bot.status.reason}`);
    }
  } catch (error) {
    if (!deadline.aborted) throw error;
  }
  options.signal.throwIfAborted();
  const sentence = `The bot was not ready within ${Math.round(timeoutMs / 1000)} s. It goes on trying; follow it: clawster bot watch ${botId}`;
  throw new CliRefusal(sentence, exitCodes.trouble);
}

/** A failed bot with a next try is still on its way. */
function isGivenUp({ status }: Bot): boolean {
  return (status.phase === 'failed' && !status.nextTryAt) || status.phase === 'stopped' || status.phase === 'destroyed';
}

function tell(step: BotStep, told: Set<string>, out: Output): void {
  const key = `${step.name} ${step.state} ${step.state === 'failed' ? step.detail : ''}`;
  if (step.state === 'waiting' || told.has(key)) return;
  told.add(key);
  out.note(stepText(step, out));
}
