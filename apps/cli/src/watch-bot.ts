import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from '@clawster/client/client';
import type { Bot, BotPhase } from '@clawster/contract/bot';
import type { Context } from './command.ts';
import { CliRefusal } from './failure.ts';
import { stepTeller, type Waiting, withinSeconds } from './waiting.ts';

type WatchOptions = { signal: AbortSignal; pollMs?: number };

/** A bot each time its phase, reason, steps or what it works by changed, beginning with how it is now. */
export async function* watchBot(
  client: Client,
  botId: string,
  { signal, pollMs = 500 }: WatchOptions,
): AsyncGenerator<Bot> {
  let last = '';
  while (!signal.aborted) {
    const bot = await client.bots.get({ botId }, { signal });
    const { phase, reason, steps, observedGeneration } = bot.status;
    const now = JSON.stringify([phase, reason, steps, observedGeneration]);
    if (now !== last) yield bot;
    last = now;
    await sleep(pollMs, undefined, { signal }).catch(() => undefined);
  }
}

type SettledContext = Pick<Context, 'client' | 'out' | 'signal'>;

/** The changed bot as it is, or with `--wait` once it is where it should be. */
export async function settled(context: SettledContext, bot: Bot, { wait, timeout }: Waiting): Promise<Bot> {
  return wait ? waitUntilSettled(context, bot, timeout) : bot;
}

const restingPhase = {
  running: 'ready',
  paused: 'paused',
  stopped: 'stopped',
  destroyed: 'destroyed',
} satisfies Record<string, BotPhase>;

/** Waits until the bot is as its spec of this generation says, telling each step as it ends; refuses when it failed for good or time is up. */
async function waitUntilSettled(
  { client, out, signal }: SettledContext,
  { id: botId, generation, spec }: Bot,
  seconds: number,
): Promise<Bot> {
  const goal = restingPhase[spec.desired];
  const startedMs = Date.now();
  const tell = stepTeller(out);
  const sentence = `The bot was not ${goal} within ${seconds} s. It goes on trying; follow it: clawster bot watch ${botId}`;
  return withinSeconds({ signal, seconds, sentence }, async (inTime) => {
    for await (const bot of watchBot(client, botId, { signal: inTime })) {
      tell(bot.status.steps);
      // What is still said of the generation before is not about this change.
      const isAbout = goal !== 'ready' || bot.status.observedGeneration >= generation;
      if (bot.status.phase === goal && isAbout) {
        out.note(`${bot.name} is ${goal} after ${((Date.now() - startedMs) / 1000).toFixed(1)} s.`);
        return bot;
      }
      const refused = isAbout ? await whyRefused(client, bot) : undefined;
      if (refused) throw new CliRefusal(`${refused}. Correct it, or go back: clawster bot revisions ${bot.name}`);
      if (isGivenUp(bot, spec.desired))
        throw new CliRefusal(`${bot.name} is ${bot.status.phase}: ${bot.status.reason}`);
    }
    throw inTime.reason;
  });
}

/** Why its newest revision was found bad, while it works on with the one before. */
async function whyRefused(client: Client, { id: botId, status }: Bot): Promise<string | undefined> {
  if (status.phase !== 'degraded') return undefined;
  const { items } = await client.revisions.list({ botId, limit: 1 });
  const [newest] = items;
  return newest?.verdict === 'bad' ? `Revision ${newest.number} was refused. ${newest.verdictReason}` : undefined;
}

/** A failed bot with a next try is still on its way; one that somebody else wants otherwise by now is not. */
function isGivenUp({ status, spec }: Bot, desired: Bot['spec']['desired']): boolean {
  return (status.phase === 'failed' && !status.nextTryAt) || spec.desired !== desired;
}
