import { isDeepStrictEqual } from 'node:util';
import { api } from '@clawster/contract/api';
import { whyNot } from '@clawster/domain/bot/can';
import { Refusal } from '@clawster/domain/refusal';
import { isVisible } from '../is-visible.ts';
import { command } from '../command.ts';
import { beginOperation } from '../operation/begin-operation.ts';
import type { Tx } from '../transaction.ts';
import { factsOf, lockBot } from './bot.queries.ts';

/** Begins to move a bot with its state to another target. */
export const moveBot = command(api.bots.move, async (context, { botId, targetId }) => {
  const { tx } = context;
  const bot = await lockBot(tx, botId);
  const reason = whyNot('move', factsOf(bot));
  if (reason) throw new Refusal('refused', reason);
  const [from, to] = [await readTarget(tx, bot.targetId), await readTarget(tx, targetId)];
  if (from.id === to.id) throw new Refusal('refused', `${bot.name} is on ${to.name} already: choose another target`);
  if (from.kind === to.kind && isDeepStrictEqual(from.settings, to.settings))
    throw new Refusal('refused', `${from.name} and ${to.name} are one place under two names: choose another target`);
  return beginOperation(context, { kind: 'move', bot, fromTargetId: from.id, targetId: to.id });
});

async function readTarget(tx: Tx, targetId: string) {
  const target = await tx
    .selectFrom('target')
    .select(['id', 'name', 'kind', 'settings'])
    .where('id', '=', targetId)
    .where(isVisible('target'))
    .executeTakeFirst();
  if (!target) throw new Refusal('not-found', 'There is no such target in this workspace');
  return target;
}
