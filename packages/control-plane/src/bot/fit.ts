import type { BotSpec, CreateBot } from '@clawster/contract/bot';
import { whyNotModel } from '@clawster/domain/config/baseline';
import { Refusal } from '@clawster/domain/refusal';
import { whyNotDeploy } from '@clawster/runtime/versions';
import { isVisible } from '../is-visible.ts';
import type { Tx } from '../transaction.ts';

/** Refuses what could never be deployed, before anything is stored. */
export function refuseUnfitSpec(spec: Pick<BotSpec, 'runtimeVersion' | 'model'>): void {
  const runtime = whyNotDeploy(spec.runtimeVersion);
  if (runtime) throw Refusal.at('runtimeVersion', 'refused', runtime);
  refuseUnfitModel(spec.model);
}

/** Refuses the name of a model that OpenClaw could not be told. */
export function refuseUnfitModel(model: string): void {
  const reason = whyNotModel(model);
  if (reason) throw Refusal.at('model', 'invalid', reason);
}

/** The connector a bot is to use, the demo model when none is named; refuses when there is none. */
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
