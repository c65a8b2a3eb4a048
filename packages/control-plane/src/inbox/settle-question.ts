import { sql } from 'kysely';
import { tellBot } from '../delegation/tell-bot.ts';
import type { Settler } from './settlers.ts';

/** Gives a bot the answer to what it asked: to the call that waits for it, or by a turn in the same conversation. */
export const settleQuestion: Settler = async (
  context,
  { itemId, workspaceId, botId, session, state, answer, byName },
) => {
  if (!botId) return;
  const text =
    state === 'answered'
      ? `${byName} answered your question: ${answer ?? ''}`
      : 'Nobody answered your question in time. Go on without, or say what you cannot do.';
  const waiting = await context.tx
    .updateTable('teamCall')
    .set({ answer: JSON.stringify({ text, isError: false }) })
    .where('botId', '=', botId)
    .where('waitsFor', '=', itemId)
    .where('answer', 'is', null)
    .where('until', '>', sql<Date>`now()`)
    .returning('callId')
    .execute();
  if (waiting.length > 0 || !session) return;
  await tellBot(context, { workspaceId, botId, session, id: `item:${itemId}`, message: text });
};
