import type { Bot } from '@clawster/contract/bot';
import { Refused } from './refused.ts';
import type { World } from './world.ts';

export function botOf(world: World, botId: string): Bot {
  const bot = world.bots.find(({ id }) => id === botId);
  if (!bot) throw new Refused('not-found', 'There is no such bot');
  return bot;
}
