import { factsOf, whyNot, type BotAction } from '@clawster/domain/bot/can';
import { Refusal } from '@clawster/domain/refusal';
import type { Bot } from '@clawster/contract/bot';
import { getBot } from './bot.queries.ts';
import type { Tx } from '../transaction.ts';

/** The bot, if it may be asked this now. */
export async function botThatCan(tx: Tx, botId: string, action: BotAction): Promise<Bot> {
  const bot = await getBot(tx, botId);
  const reason = whyNot(action, factsOf(bot));
  if (reason) throw new Refusal('refused', reason);
  return bot;
}
