import type { Bot, BotPhase } from '@clawster/contract/bot';
import { makeBot, stepsOf } from './fleet.ts';
import { tellEvent, type World } from './world.ts';

/** What the reconciler would do, as the events tell it. */
export function setPhase(world: World, bot: Bot, phase: BotPhase, done?: number): void {
  const from = bot.status.phase;
  bot.status = {
    ...makeBot(bot.name, phase, 0).status,
    observedGeneration: bot.generation,
    steps: stepsOf(phase, done),
  };
  tellEvent(world, 'bot-phase-changed', bot, { from, to: phase, reason: bot.status.reason });
}

export async function comeUp(world: World, bot: Bot): Promise<void> {
  for (let done = 0; done < 5; done += 1) {
    setPhase(world, bot, done === 0 ? 'installing' : 'starting', done);
    await pause(world.stepMs);
  }
  setPhase(world, bot, 'ready');
}

/**
 * What a supervisor does with another generation: it writes all anew, and with that what was changed on the host. A
 * gateway that is well with it makes the newest revision a good one; what was found bad meanwhile stays that.
 */
export async function takeUp(world: World, bot: Bot): Promise<void> {
  const { generation } = bot;
  await pause(world.stepMs);
  const revisions = world.revisions.get(bot.id) ?? [];
  const [revision, before] = [revisions.at(-1), revisions.at(-2)];
  const isOvertaken = bot.generation !== generation || bot.spec.desired !== 'running';
  if (isOvertaken || revision?.verdict === 'bad') return;
  const wasIll = bot.status.drift !== undefined || (revision && !revision.verdict && before?.verdict === 'bad');
  if (revision) revision.verdict = 'good';
  bot.status = { ...bot.status, observedGeneration: generation };
  if (wasIll) setPhase(world, bot, 'ready');
}

export function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
