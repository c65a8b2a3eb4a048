import type { Bot, BotSpec } from '@clawster/contract/bot';
import type { EventType } from '@clawster/contract/event';
import { whyNot, type BotAction } from '@clawster/domain/bot/can';
import { Refusal } from '@clawster/domain/refusal';
import type { CommandContext } from '../command.ts';
import { factsOf, getBot, lockBot, writeSpec } from './bot.queries.ts';

export type Wish = {
  action: BotAction;
  desired: BotSpec['desired'];
  event: EventType;
  restart?: boolean;
  /** The workload is made anew. */
  anew?: boolean;
  stateKeptUntil?: Date;
  detail?: Record<string, unknown>;
};

/** Writes what the bot should do from now on, when the rules allow it; the loop makes it so. */
export async function changeDesired({ tx, record }: CommandContext, botId: string, wish: Wish): Promise<Bot> {
  const bot = await lockBot(tx, botId);
  const reason = whyNot(wish.action, factsOf(bot));
  if (reason) throw new Refusal('refused', reason);
  const { restart, anew, stateKeptUntil } = wish;
  await writeSpec(tx, bot, {
    spec: { ...bot.spec, desired: wish.desired },
    ...(restart ? { restart } : {}),
    ...(anew ? { anew } : {}),
    ...(stateKeptUntil ? { stateKeptUntil } : {}),
  });
  await record({
    type: wish.event,
    subjectId: bot.id,
    subjectName: bot.name,
    ...(wish.detail ? { detail: wish.detail } : {}),
  });
  return getBot(tx, botId);
}
