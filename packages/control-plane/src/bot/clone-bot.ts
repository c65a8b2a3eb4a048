import { api } from '@clawster/contract/api';
import { whyNot } from '@clawster/domain/bot/can';
import { Refusal } from '@clawster/domain/refusal';
import { command } from '../command.ts';
import { lockLayers } from '../configuration/layer-store.ts';
import { beginOperation } from '../operation/begin-operation.ts';
import { factsOf, getBot, lockBot } from './bot.queries.ts';
import { findConnector, refuseUnfitSpec } from './fit.ts';
import { insertBot } from './insert-bot.ts';

/** A new bot with the configuration of another and, when asked, with its memory: it starts once that is there. */
export const cloneBot = command(api.bots.clone, async (context, { botId, name, start, memory }) => {
  const { tx, record } = context;
  await lockLayers(tx, context.caller.workspaceId, 'use');
  const original = await lockBot(tx, botId);
  const reason = whyNot('clone', factsOf(original));
  if (reason) throw new Refusal('refused', reason);
  await findConnector(tx, original.spec.connectorId);
  const spec = { ...original.spec, desired: start ? ('running' as const) : ('stopped' as const) };
  refuseUnfitSpec(spec);
  const { targetId, connectorId, labels } = original;
  const id = await insertBot(context, { name, labels, targetId, connectorId, spec });
  await record({
    type: 'bot-cloned',
    subjectId: id,
    subjectName: name,
    detail: { from: original.name, fromId: original.id, memory },
  });
  if (memory) {
    const bot = await lockBot(tx, id);
    await beginOperation(context, { kind: 'clone', bot, sourceBotId: original.id, isNew: true });
  }
  return getBot(tx, id);
});
