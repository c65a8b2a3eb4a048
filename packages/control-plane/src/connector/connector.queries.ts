import { ConnectorCheck, type Connector, OpenAiApi, type Provider } from '@clawster/contract/connector';
import { ConnectorModel, ModelRules } from '@clawster/contract/model';
import { suggestedModel } from '@clawster/domain/model/prices';
import { Refusal } from '@clawster/domain/refusal';
import { sql } from 'kysely';
import { isVisible } from '../is-visible.ts';
import type { Tx } from '../transaction.ts';

/** The field of a connector that its key is behind. */
export const apiKeyField = 'api-key';

/** The workspace's connectors, without those detached. */
export function selectConnectors(tx: Tx) {
  return tx
    .selectFrom('connector')
    .where('connector.deletedAt', 'is', null)
    .where(isVisible('connector'))
    .select([
      'connector.id',
      'connector.name',
      'connector.provider',
      'connector.baseUrl',
      'connector.model',
      'connector.api',
      'connector.models',
      'connector.rules',
      'connector.checkResult',
      'connector.createdAt',
      'connector.updatedAt',
      sql<number>`(select count(*) from bot where bot.connector_id = connector.id and bot.spec->>'desired' <> 'destroyed')`.as(
        'botCount',
      ),
      sql<{ id: string; name: string }[]>`coalesce((select json_agg(json_build_object('id', id, 'name', name)) from
        (select id, name from bot where bot.connector_id = connector.id and bot.spec->>'desired' <> 'destroyed'
          order by lower(name) limit 3) as user_of_it), '[]')`.as('bots'),
      sql<boolean>`exists (select from secret_use where owner_kind = 'connector' and owner_id = connector.id and field = ${apiKeyField})`.as(
        'hasApiKey',
      ),
    ]);
}

type ConnectorRow = Awaited<ReturnType<ReturnType<typeof selectConnectors>['executeTakeFirstOrThrow']>>;

export async function getConnector(tx: Tx, connectorId: string): Promise<Connector> {
  const row = await selectConnectors(tx).where('connector.id', '=', connectorId).executeTakeFirst();
  if (!row) throw new Refusal('not-found', 'There is no such connector in this workspace');
  return toConnector(row);
}

export function toConnector(row: ConnectorRow): Connector {
  return {
    id: row.id,
    name: row.name,
    kind: 'model-provider',
    provider: row.provider as Provider,
    model: row.model,
    ...planOf(row),
    hasApiKey: row.hasApiKey,
    botCount: row.botCount,
    bots: row.bots,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
    ...(row.baseUrl ? { baseUrl: row.baseUrl } : {}),
    ...(row.checkResult ? { check: ConnectorCheck.parse(row.checkResult) } : {}),
  };
}

/** What bots may ask and by which rules, as it lies in a connector's row: one from before names no models. */
export function planOf(row: { provider: string; model: string; api: string | null; models: unknown; rules: unknown }) {
  const models = ConnectorModel.array().parse(row.models);
  const api = OpenAiApi.safeParse(row.api).data;
  return {
    ...(api ? { api } : {}),
    models: models.length > 0 ? models : [suggestedModel('demo', row.model)],
    ...ModelRules.parse(row.rules),
  };
}

/** The connectors that name this one to stand in for them, by name. */
export function selectNamers(tx: Tx, connectorId: string) {
  const named = JSON.stringify([{ connectorId }]);
  return tx
    .selectFrom('connector')
    .select(['id', 'name'])
    .where('deletedAt', 'is', null)
    .where(isVisible('connector'))
    .where(sql<boolean>`rules->'fallbacks' @> ${named}::jsonb`)
    .orderBy('name')
    .execute();
}
