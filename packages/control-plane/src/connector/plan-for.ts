import type { Provider } from '@clawster/contract/connector';
import { askable } from '@clawster/domain/config/effective';
import { priceOf } from '@clawster/domain/model/rules';
import type { Credential } from '@clawster/link/channel';
import type { ModelPlan, PlannedBudget, PlannedUpstream } from '@clawster/link/model-plan';
import { budgetsFor } from '../budget/budgets-for.ts';
import type { ControlPlane } from '../plane.ts';
import { readUsedSecret, type UsedSecret } from '../secret/secret-use.ts';
import type { Tx } from '../transaction.ts';
import { baseUrlOf } from './connection.ts';
import { apiKeyField, planOf } from './connector.queries.ts';
import { spentBy } from './spent-by.ts';

type Attached = ReturnType<typeof planOf> & {
  id: string;
  name: string;
  provider: Provider;
  baseUrl: string | undefined;
  key: UsedSecret | undefined;
};
type PlanningBot = { id: string; workspaceId: string; spec: { connectorId: string; model: string } };

/** What a bot may ask of models and who answers, with the keys in the clear: to be sent over the link and kept nowhere. */
export async function planFor(
  tx: Tx,
  plane: ControlPlane,
  bot: PlanningBot,
): Promise<{ plan: ModelPlan; credentials: Credential[]; own: Attached }> {
  const { workspaceId, spec } = bot;
  const read = (id: string) => readAttached(tx, plane, { workspaceId, botId: bot.id, id });
  const own = await read(spec.connectorId);
  if (!own) throw new Error('The connector of the bot is gone');
  const attached = new Map([[own.id, own]]);
  for (const { connectorId } of own.fallbacks) {
    const other = attached.get(connectorId) ?? (await read(connectorId));
    if (other) attached.set(other.id, other);
  }
  const standIns = own.fallbacks.flatMap(({ connectorId, model }) => {
    const other = attached.get(connectorId);
    return other ? [upstreamOf(other, model)] : [];
  });
  const models = askable({ model: spec.model, models: own.models }).map(({ id: name }) => ({
    name,
    upstreams: [upstreamOf(own, name), ...standIns],
  }));
  const { retries, requestsPerMinute, tokensPerMinute } = own;
  const limits = { retries, requestsPerMinute, tokensPerMinute };
  const budgets = await budgetsOf(tx, bot.id, [...attached.values()]);
  const at = new Date().toISOString();
  const { allowPrivateAddresses: allowPrivate } = plane.settings;
  return {
    plan: { at, models, ...limits, budgets, shared: await budgetsFor(tx, bot.id), allowPrivate },
    credentials: credentialsOf([...attached.values()]),
    own,
  };
}

async function readAttached(
  tx: Tx,
  plane: ControlPlane,
  { workspaceId, botId, id }: { workspaceId: string; botId: string; id: string },
): Promise<Attached | undefined> {
  const row = await tx
    .selectFrom('connector')
    .select(['id', 'name', 'provider', 'baseUrl', 'model', 'api', 'models', 'rules'])
    .where('id', '=', id)
    .where('workspaceId', '=', workspaceId)
    .executeTakeFirst();
  if (!row) return undefined;
  const place = { ownerKind: 'connector', ownerId: id, field: apiKeyField } as const;
  const key = await readUsedSecret(tx, plane.keys, { workspaceId, botId, ...place });
  const provider = row.provider as Provider;
  return { id, name: row.name, provider, baseUrl: row.baseUrl ?? undefined, key, ...planOf(row) };
}

function upstreamOf({ id, provider, baseUrl, key, models, budget }: Attached, model: string): PlannedUpstream {
  const price = priceOf(
    provider,
    models.find((one) => one.id === model),
  );
  return {
    provider,
    connectorId: id,
    baseUrl: provider === 'demo' ? '' : baseUrlOf({ provider, baseUrl }),
    model,
    ...(key ? { apiKey: key.value } : {}),
    ...(price ? { price } : {}),
    ...(budget ? { budgetId: budgetId(id, budget.period) } : {}),
  };
}

const budgetId = (connectorId: string, period: string) => `${connectorId}:${period}`;

async function budgetsOf(tx: Tx, botId: string, attached: readonly Attached[]): Promise<PlannedBudget[]> {
  const budgets: PlannedBudget[] = [];
  for (const { id, name, budget } of attached) {
    if (!budget) continue;
    const { period, usd: limitUsd } = budget;
    const spentUsd = await spentBy(tx, { botId, connectorId: id, period });
    budgets.push({ id: budgetId(id, period), connectorName: name, period, limitUsd, spentUsd });
  }
  return budgets;
}

/** The places of the keys are counted as the plan names the connectors: the bot's own first. */
function credentialsOf(attached: readonly Attached[]): Credential[] {
  return attached.flatMap(({ key }, index) =>
    key ? [{ secretId: key.secretId, version: key.version, use: { kind: 'model' as const, index } }] : [],
  );
}
