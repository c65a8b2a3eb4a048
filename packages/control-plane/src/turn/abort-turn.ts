import { api } from '@clawster/contract/api';
import { Refusal } from '@clawster/domain/refusal';
import { command } from '../command.ts';
import { botThatCan } from './talk.ts';

/** Stops a turn at once; recorded when the bot said that it did. */
export const abortTurn = command(api.turns.abort, async ({ tx, record, plane }, { botId, conversation, turnId }) => {
  const bot = await botThatCan(tx, botId, 'chat');
  const { aborted } = await plane.links.request(botId, 'turn.abort', { conversation, turnId }, { timeoutMs: 15_000 });
  if (!aborted) throw new Refusal('conflict', 'The turn has ended already');
  await record({ type: 'turn-aborted', subjectId: botId, subjectName: bot.name, detail: { turnId, conversation } });
  return {};
});
