import type { Bot } from '@clawster/contract/bot';
import { type BotAction, factsOf, whyNot } from '@clawster/domain/bot/can';
import { Refused } from './refused.ts';
import type { World } from './world.ts';

export function botOf(world: World, botId: string): Bot {
  const bot = world.bots.find(({ id }) => id === botId);
  if (!bot) throw new Refused('not-found', 'There is no such bot');
  return bot;
}

/** Refuses what cannot be done with a bot as it is, by the rules of the product. */
export function refuseUnless(bot: Bot, action: BotAction): void {
  const reason = whyNot(action, factsOf(bot));
  if (reason) throw new Refused('refused', reason);
}
