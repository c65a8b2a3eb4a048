import { isDeepStrictEqual } from 'node:util';
import { api } from '@clawster/contract/api';
import type { Connector, ConnectorCheck } from '@clawster/contract/connector';
import type { ParsedInputOf } from '@clawster/contract/route';
import { suggestedModel } from '@clawster/domain/model/prices';
import { changesOf } from '@clawster/domain/audit/changes';
import { Refusal } from '@clawster/domain/refusal';
import { sql } from 'kysely';
import type { Caller } from '../caller.ts';
import { command } from '../command.ts';
import { changeStores } from '../configuration/change-stores.ts';
import { admit, parseInput } from '../enter.ts';
import type { ControlPlane } from '../plane.ts';
import { readAs } from '../query.ts';
import { readUsedSecret } from '../secret/secret-use.ts';
import type { Tx } from '../transaction.ts';
import { unlessNameTaken } from '../unless-name-taken.ts';
import { apiKeyField, getConnector, selectNamers } from './connector.queries.ts';
import { refuseRules } from './refuse-rules.ts';
import { rowOf } from './row-of.ts';
import { setKey } from './set-key.ts';
import { checkOrRefuse } from './test-connector.ts';

/** Changes a provider that has just answered with the new settings; its running bots get them without a restart. */
export async function updateConnector(plane: ControlPlane, caller: Caller, raw: unknown): Promise<Connector> {
  const { workspaceId } = admit(api.connectors.update, caller);
  const input = parseInput(api.connectors.update, raw);
  const now = await readAs(plane, { workspaceId }, async (tx) => ({
    connector: await getConnector(tx, input.connectorId),
    key: await readUsedSecret(tx, plane.keys, {
      workspaceId,
      ownerKind: 'connector',
      ownerId: input.connectorId,
      field: apiKeyField,
    }),
  }));
  const { provider, baseUrl, model } = now.connector;
  if (provider === 'demo')
    throw new Refusal('refused', 'The demo model is built in and cannot be changed: attach a provider of your own');
  // The stored key never goes to an address it was not given for.
  if (input.baseUrl && input.baseUrl !== baseUrl && now.key && !input.apiKey) {
    const message = 'Enter the API key again: the stored one is only sent to the address it was entered for';
    throw Refusal.at('apiKey', 'refused', message);
  }
  // A limit or a name can be changed while the provider is down.
  const { apiKey, api: spoken } = input;
  if (![apiKey, input.baseUrl, input.model, spoken].some(Boolean)) return save(undefined)(plane, caller, raw);
  const check = await checkOrRefuse(plane, {
    provider,
    baseUrl: input.baseUrl ?? baseUrl,
    model: input.model ?? model,
    api: spoken ?? now.connector.api,
    apiKey: apiKey ?? now.key?.value,
  });
  return save(check)(plane, caller, raw);
}

const save = (check: ConnectorCheck | undefined) =>
  command(api.connectors.update, async (context, input) => {
    const { tx, record } = context;
    const { connectorId, apiKey } = input;
    const before = await getConnector(tx, connectorId);
    const after = changed(before, input);
    await refuseRules(tx, after);
    const write = async () => {
      await writeConnector(tx, after, check);
      if (apiKey) await setKey(context, { id: connectorId, name: before.name, apiKey });
    };
    const isTold = apiKey || !isDeepStrictEqual(served(before), served(after));
    if (isTold) {
      // Bots of those it stands in for have its key and its prices, too.
      const through = [connectorId, ...(await selectNamers(tx, connectorId)).map(({ id }) => id)];
      await changeStores(context, {
        cause: { kind: 'connector', id: connectorId, name: after.name },
        concerns: ({ spec }) => through.includes(spec.connectorId),
        write,
        told: true,
      });
    } else await write();
    const changes = changesOf(settingsOf(before, false), settingsOf(after, Boolean(apiKey)));
    await record({
      type: 'connector-updated',
      subjectId: connectorId,
      subjectName: after.name,
      detail: { ...changes, bots: before.botCount },
    });
    return getConnector(tx, connectorId);
  });

type Input = ParsedInputOf<typeof api.connectors.update>;

/** What was not named stays; a usual model that was not among the models becomes one of them. */
function changed(before: Connector, input: Input): Connector {
  const { connectorId: _, apiKey: __, ...settings } = input;
  const said = Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined));
  const after = withoutNulls({ ...before, ...said }) as Connector;
  const { provider, model, models } = after;
  if (input.models || models.some(({ id }) => id === model)) return after;
  return { ...after, models: [suggestedModel(provider, model), ...models] };
}

function withoutNulls(fields: Record<string, unknown>) {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null));
}

/** What a bot that uses it is served by. */
function served({ baseUrl, api: spoken, models, retries, fallbacks, ...rest }: Connector) {
  const { requestsPerMinute, tokensPerMinute, budget, name } = rest;
  const limits = { requestsPerMinute, tokensPerMinute, budget };
  return { baseUrl, spoken, models, retries, fallbacks, limits, ...(budget ? { name } : {}) };
}

/** What a person sets. Of the key only that it is another is known here, which is enough to say so. */
function settingsOf(connector: Connector, isNewKey: boolean) {
  const { name, model, baseUrl, hasApiKey, api: spoken, models, retries, fallbacks } = connector;
  const { requestsPerMinute, tokensPerMinute, budget } = connector;
  const rules = { api: spoken, models, retries, fallbacks, requestsPerMinute, tokensPerMinute, budget };
  const apiKey = (hasApiKey || isNewKey) && (isNewKey ? 'another' : 'the one there was');
  return { name, model, baseUrl, ...rules, apiKey };
}

async function writeConnector(tx: Tx, connector: Connector, check: ConnectorCheck | undefined): Promise<void> {
  const { id, name, baseUrl } = connector;
  await unlessNameTaken('connector', name, () =>
    tx
      .updateTable('connector')
      .set({
        updatedAt: sql<Date>`now()`,
        name,
        baseUrl: baseUrl ?? null,
        ...rowOf(connector),
        ...(check ? { checkResult: check } : {}),
      })
      .where('id', '=', id)
      .execute(),
  );
}
