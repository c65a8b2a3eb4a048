import type { BotSpec } from '@clawster/contract/bot';
import type { OpenAiApi, Provider } from '@clawster/contract/connector';
import type { ConnectorModel } from '@clawster/contract/model';
import type { Labels } from '@clawster/contract/label';
import type { LayerRef } from '@clawster/contract/layer';
import { channelsOf } from '@clawster/domain/channel/channels-of';
import { isMetered } from '@clawster/domain/channel/metered';
import { type Effective, effectiveOf } from '@clawster/domain/config/effective';
import { whyNotSkills } from '@clawster/domain/skill/pins';
import { type LayeredBot, layersOf, type LayerStore } from '@clawster/domain/config/layers-of';
import { teamFactsOf } from '@clawster/domain/team/team-of';
import { sql } from 'kysely';
import { planOf } from '../connector/connector.queries.ts';
import { specOf } from '../bot/bot.queries.ts';
import type { Tx } from '../transaction.ts';

/** A bot with what its configuration is made of beside the layers it shares. */
export type ConfiguredBot = Omit<LayeredBot, 'spec'> & { generation: number; spec: BotSpec } & BotConnector;

/** What of its connector a bot's configuration says. */
export type BotConnector = { provider: Provider; api?: OpenAiApi | undefined; models: ConnectorModel[] };

/** What a bot's layers come to, and which they were. */
export type BotConfiguration = Effective & { layers: LayerRef[] };

/** The configuration of a bot, by the layers as they are in `store`. */
export function configurationBy(store: LayerStore, bot: ConfiguredBot): BotConfiguration {
  const { layers, issues } = layersOf(bot, store);
  const channels = channelsOf(bot, store.channels);
  const effective = effectiveOf(
    {
      ...connectorIn(bot),
      name: bot.name,
      model: bot.spec.model,
      channels,
      isMetered: isMetered(bot, store),
      team: teamFactsOf(bot.id, store.teams),
    },
    layers,
  );
  const unusable = whyNotSkills(effective.skills, store.skills);
  return {
    ...effective,
    layers: layers.map(({ ref }) => ref),
    issues: [...issues, ...effective.issues, ...unusable],
  };
}

/** Bots of the transaction's workspace that were not destroyed; locked in the order of their ids, so that nobody waits in a ring. */
export async function readConfigured(
  tx: Tx,
  workspaceId: string,
  { ids, lock }: { ids?: readonly string[]; lock?: boolean } = {},
): Promise<ConfiguredBot[]> {
  let query = tx
    .selectFrom('bot')
    .innerJoin('connector', 'connector.id', 'bot.connectorId')
    .select(['bot.id', 'bot.name', 'bot.labels', 'bot.spec', 'bot.generation', ...connectorColumns])
    .where('bot.workspaceId', '=', workspaceId)
    .where('bot.removedAt', 'is', null)
    .where(sql<boolean>`bot.spec->>'desired' <> 'destroyed'`)
    .orderBy('bot.id');
  if (ids) query = query.where(sql<boolean>`bot.id = any(${ids}::uuid[])`);
  const rows = await (lock ? query.forNoKeyUpdate('bot') : query).execute();
  return rows.map(({ id, name, labels, spec, generation, ...connector }) => ({
    ...botConnector(connector),
    id,
    name,
    labels: labels as Labels,
    spec: specOf(spec),
    generation,
  }));
}

export const connectorColumns = [
  'connector.provider',
  'connector.model',
  'connector.api',
  'connector.models',
  'connector.rules',
] as const;

/** What this connector says of a bot that uses it. */
export async function readBotConnector(tx: Tx, connectorId: string): Promise<BotConnector> {
  const row = await tx
    .selectFrom('connector')
    .select(connectorColumns)
    .where('id', '=', connectorId)
    .executeTakeFirstOrThrow();
  return botConnector(row);
}

/** What a connector's row says of a bot that uses it. */
export function botConnector(row: Parameters<typeof planOf>[0]): BotConnector {
  const { api, models } = planOf(row);
  return { provider: row.provider as Provider, api, models };
}

function connectorIn({ provider, api, models }: BotConnector): BotConnector {
  return { provider, api, models };
}
