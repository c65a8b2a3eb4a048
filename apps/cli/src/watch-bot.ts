import type { Client } from '@clawster/client/client';
import type { Bot, BotPhase, BotStep } from '@clawster/contract/bot';
import { z } from 'zod';
import { stepText } from './bot-text.ts';
import type { Context } from './command.ts';
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

/** What every command that changes a bot takes to wait for the change. */
export const waitOptions: [string, string][] = [
  ['--wait', 'wait until it is done, showing each step'],
  ['--timeout <seconds>', 'how long to wait (600)'],
];
export const waitInput = { wait: z.boolean().default(false), timeout: z.coerce.number().positive().default(600) };

type Waiting = { wait: boolean; timeout: number };

/** The changed bot as it is, or with `--wait` once it is where it should be. */
export async function settled(
  { client, out, signal }: Pick<Context, 'client' | 'out' | 'signal'>,
  bot: Bot,
  { wait, timeout }: Waiting,
): Promise<Bot> {
  return wait ? waitUntilSettled(client, bot, { out, signal, timeoutMs: timeout * 1000 }) : bot;
}

const restingPhase = {
  running: 'ready',
  paused: 'paused',
  stopped: 'stopped',
  destroyed: 'destroyed',
} satisfies Record<string, BotPhase>;

type WaitOptions = WatchOptions & { out: Output; timeoutMs: number };

/** Waits until the bot is as its spec of this generation says, telling each step as it ends; refuses when it failed for good or time is up. */
async function waitUntilSettled(
  client: Client,
  { id: botId, generation, spec }: Bot,
  { out, timeoutMs, ...options }: WaitOptions,
): Promise<Bot> {
  const goal = restingPhase[spec.desired];
  const startedMs = Date.now();
  const told = new Set<string>();
  const deadline = AbortSignal.timeout(timeoutMs);
  const signal = AbortSignal.any([options.signal, deadline]);
  try {
    for await (const bot of watchBot(client, botId, { ...options, signal })) {
      for (const step of bot.status.steps) tell(step, told, out);
      // What is still said of the generation before is not about this change.
      const isAbout = goal !== 'ready' || bot.status.observedGeneration >= generation;
      if (bot.status.phase === goal && isAbout) {
        out.note(`${bot.name} is ${goal} after ${((Date.now() - startedMs) / 1000).toFixed(1)} s.`);
        return bot;
      }
      if (isGivenUp(bot, spec.desired))
        throw new CliRefusal(`${bot.name} is ${bot.status.phase}: ${bot.status.reason}`);
    }
  } catch (error) {
    if (!deadline.aborted) throw error;
  }
  options.signal.throwIfAborted();
  const sentence = `The bot was not ${goal} within ${Math.round(timeoutMs / 1000)} s. It goes on trying; follow it: clawster bot watch ${botId}`;
  throw new CliRefusal(sentence, exitCodes.trouble);
}

/** A failed bot with a next try is still on its way; one that somebody else wants otherwise by now is not. */
function isGivenUp({ status, spec }: Bot, desired: Bot['spec']['desired']): boolean {
  return (status.phase === 'failed' && !status.nextTryAt) || spec.desired !== desired;
}

function tell(step: BotStep, told: Set<string>, out: Output): void {
  const key = `${step.name} ${step.state} ${step.state === 'failed' ? step.detail : ''}`;
  if (step.state === 'waiting' || told.has(key)) return;
  told.add(key);
  out.note(stepText(step, out));
}
