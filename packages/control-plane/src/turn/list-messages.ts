import { api } from '@clawster/contract/api';
import { ChatMessage } from '@clawster/contract/turn';
import { Refusal } from '@clawster/domain/refusal';
import { getBot } from '../bot/bot.queries.ts';
import type { Caller } from '../caller.ts';
import { admit, parseInput } from '../enter.ts';
import { whenLinked } from '../link/when-linked.ts';
import type { ControlPlane } from '../plane.ts';
import { readAs } from '../query.ts';

/** A conversation as OpenClaw keeps it: Clawster holds no second copy. No transaction stays open while the bot is asked. */
export async function listMessages(
  plane: ControlPlane,
  caller: Caller,
  raw: unknown,
): Promise<{ items: ChatMessage[] }> {
  const admitted = admit(api.turns.history, caller);
  const { botId, conversation, limit } = parseInput(api.turns.history, raw);
  const bot = await readAs(plane, admitted, (tx) => getBot(tx, botId));
  if (bot.spec.desired !== 'running')
    throw new Refusal('unavailable', 'The bot is stopped: start it to read its conversations');
  await whenLinked(plane, admitted.workspaceId, botId);
  const ask = { method: 'turn.history', params: { conversation, limit } } as const;
  const { items } = await plane.links.request(botId, ask, { timeoutMs: 30_000 });
  return { items: items.map((item) => ChatMessage.parse(item)) };
}
