import { api } from '@clawster/contract/api';
import { ChatMessage } from '@clawster/contract/turn';
import { Refusal } from '@clawster/domain/refusal';
import { getBot } from '../bot/bot.queries.ts';
import { query } from '../query.ts';

/** A conversation as OpenClaw keeps it: Clawster holds no second copy. */
export const listMessages = query(api.turns.history, async ({ tx, plane }, { botId, conversation, limit }) => {
  const bot = await getBot(tx, botId);
  if (bot.spec.desired !== 'running') throw new Refusal('unavailable', 'The bot is stopped: start it to read its conversations');
  const { items } = await plane.links.request(botId, 'turn.history', { conversation, limit }, { timeoutMs: 30_000 });
  return { items: items.map((item) => ChatMessage.parse(item)) };
});
