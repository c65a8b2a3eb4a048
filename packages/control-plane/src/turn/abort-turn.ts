import { api } from '@clawster/contract/api';
import { Refusal } from '@clawster/domain/refusal';
import { botThatCan } from '../bot/bot-that-can.ts';
import type { Caller } from '../caller.ts';
import { command } from '../command.ts';
import { admit, parseInput } from '../enter.ts';
import type { ControlPlane } from '../plane.ts';
import { readAs } from '../query.ts';

/** Stops a turn at once, and records it once the bot has said that it did. */
export async function abortTurn(plane: ControlPlane, caller: Caller, raw: unknown): Promise<Record<string, never>> {
  const admitted = admit(api.turns.abort, caller);
  const { botId, conversation, turnId } = parseInput(api.turns.abort, raw);
  await readAs(plane, admitted, (tx) => botThatCan(tx, botId, 'chat'));
  const ask = { method: 'turn.abort', params: { conversation, turnId } } as const;
  const { aborted } = await plane.links.request(botId, ask, { timeoutMs: 15_000 });
  if (!aborted) throw new Refusal('conflict', 'The turn has ended already');
  return recordAbort(plane, caller, raw);
}

const recordAbort = command(api.turns.abort, async ({ tx, record }, { botId, conversation, turnId }) => {
  const bot = await tx.selectFrom('bot').select('name').where('id', '=', botId).executeTakeFirstOrThrow();
  await record({ type: 'turn-aborted', subjectId: botId, subjectName: bot.name, detail: { turnId, conversation } });
  return {};
});
