import { api } from '@clawster/contract/api';
import type { BotSpec, CreateBot } from '@clawster/contract/bot';
import { whyNotModel } from '@clawster/domain/config/baseline';
import { Refusal } from '@clawster/domain/refusal';
import { recommendedVersion, whyNotDeploy } from '@clawster/runtime/versions';
import { isVisible } from '../is-visible.ts';
import { command } from '../command.ts';
import type { Tx } from '../transaction.ts';
import { getBot } from './bot.queries.ts';
import { insertBot } from './insert-bot.ts';

/** A bot as it should be; nothing is started here, the loop does that. Its gateway token is made now and never shown. */
export const createBot = command(api.bots.create, async (context, input) => {
  const { tx, record } = context;
  const target = await findTarget(tx, input.targetId);
  const connector = await findConnector(tx, input.connectorId);
  const spec: BotSpec = {
    desired: input.start ? 'running' : 'stopped',
    runtimeVersion: input.runtimeVersion ?? recommendedVersion,
    connectorId: connector.id,
    model: input.model ?? connector.model,
    personality: input.personality,
    memoryBytesMax: input.memoryBytesMax,
    diskBytesMax: input.diskBytesMax,
    disconnect: input.disconnect,
    modelCheck: input.modelCheck,
  };
  refuseUnfit(spec);
  const { name, labels } = input;
  const id = await insertBot(context, { name, labels, targetId: target.id, connectorId: connector.id, spec });
  await record({
    type: 'bot-created',
    subjectId: id,
    subjectName: name,
    detail: {
      ...(Object.keys(labels).length > 0 ? { labels } : {}),
      target: target.name,
      connector: connector.name,
      model: spec.model,
    },
  });
  return getBot(tx, id);
});

/** Refuses what could never be deployed, before anything is stored. */
export function refuseUnfit(spec: Pick<BotSpec, 'runtimeVersion' | 'model'>): void {
  const runtime = whyNotDeploy(spec.runtimeVersion);
  if (runtime) throw Refusal.at('runtimeVersion', 'refused', runtime);
  const model = whyNotModel(spec.model);
  if (model) throw Refusal.at('model', 'invalid', model);
}

async function findTarget(tx: Tx, targetId: CreateBot['targetId']) {
  const targets = tx.selectFrom('target').select(['id', 'name']).where(isVisible('target'));
  const target = await (
    targetId ? targets.where('id', '=', targetId) : targets.orderBy('createdAt').limit(1)
  ).executeTakeFirst();
  if (!target)
    throw new Refusal(
      'not-found',
      targetId ? 'There is no such target in this workspace' : 'There is no target in this workspace to put a bot on',
    );
  return target;
}

export async function findConnector(tx: Tx, connectorId: CreateBot['connectorId']) {
  const connectors = tx
    .selectFrom('connector')
    .select(['id', 'name', 'model'])
    .where('deletedAt', 'is', null)
    .where(isVisible('connector'));
  const connector = await (
    connectorId ? connectors.where('id', '=', connectorId) : connectors.where('provider', '=', 'demo').limit(1)
  ).executeTakeFirst();
  if (!connector)
    throw new Refusal(
      'not-found',
      connectorId
        ? 'There is no such connector in this workspace'
        : 'There is no demo model in this workspace: choose a connector',
    );
  return connector;
}
