import { api } from '@clawster/contract/api';
import type { ParsedInputOf } from '@clawster/contract/route';
import type { BotSpec, CreateBot } from '@clawster/contract/bot';
import { Refusal } from '@clawster/domain/refusal';
import { recommendedVersion } from '@clawster/runtime/versions';
import { isVisible } from '../is-visible.ts';
import { command, type CommandContext } from '../command.ts';
import { lockLayers } from '../configuration/layer-store.ts';
import type { Tx } from '../transaction.ts';
import { findConnector } from './fit.ts';
import { getBot } from './bot.queries.ts';
import { insertBot } from './insert-bot.ts';
import { specWith } from './spec-with.ts';

/** A bot as it should be; nothing is started here, the loop does that. Its gateway token is made now and never shown. */
export const createBot = command(api.bots.create, makeBot);

/** The same within a change of more than this. */
export async function makeBot(context: CommandContext, input: ParsedInputOf<typeof api.bots.create>) {
  const { tx, record } = context;
  const target = await findTarget(tx, input.targetId);
  const connector = await findConnector(tx, input.connectorId);
  const plain: BotSpec = {
    desired: input.start ? 'running' : 'stopped',
    runtimeVersion: input.runtimeVersion ?? recommendedVersion,
    connectorId: connector.id,
    model: input.model ?? connector.model,
    personality: input.personality,
    memoryBytesMax: input.memoryBytesMax,
    diskBytesMax: input.diskBytesMax,
    disconnect: input.disconnect,
    drift: input.drift,
    capture: input.capture,
    modelCheck: input.modelCheck,
    profileIds: [],
    settings: {},
  };
  const { workspaceId } = context.caller;
  await lockLayers(tx, workspaceId, 'use');
  const { name, labels, template: asked, profileIds, settings } = input;
  const { spec, template } = await specWith(tx, workspaceId, {
    spec: plain,
    changes: { template: asked, profileIds, settings },
  });
  const id = await insertBot(context, { name, labels, targetId: target.id, connectorId: connector.id, spec, template });
  await record({
    type: 'bot-created',
    subjectId: id,
    subjectName: name,
    detail: {
      ...(Object.keys(labels).length > 0 ? { labels } : {}),
      target: target.name,
      connector: connector.name,
      model: spec.model,
      ...(template ? { template: template.name, version: template.version } : {}),
    },
  });
  return getBot(tx, id);
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
