import { api } from '@clawster/contract/api';
import type { Connector, ConnectorCheck, UpdateConnector } from '@clawster/contract/connector';
import { changesOf } from '@clawster/domain/audit/changes';
import { Refusal } from '@clawster/domain/refusal';
import { sql } from 'kysely';
import type { Caller } from '../caller.ts';
import { command } from '../command.ts';
import { admit, parseInput } from '../enter.ts';
import type { ControlPlane } from '../plane.ts';
import { readAs } from '../query.ts';
import { readUsedSecret } from '../secret/secret-use.ts';
import type { Tx } from '../transaction.ts';
import { unlessNameTaken } from '../unless-name-taken.ts';
import { apiKeyField, getConnector } from './connector.queries.ts';
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
  const check = await checkOrRefuse(plane, {
    provider,
    baseUrl: input.baseUrl ?? baseUrl,
    model: input.model ?? model,
    apiKey: input.apiKey ?? now.key?.value,
  });
  return save(check)(plane, caller, raw);
}

const save = (check: ConnectorCheck) =>
  command(api.connectors.update, async (context, input) => {
    const { tx, record } = context;
    const { connectorId, apiKey, ...fields } = input;
    const before = await getConnector(tx, connectorId);
    await writeConnector(tx, connectorId, { ...fields, check });
    if (apiKey) await setKey(context, { id: connectorId, name: before.name, apiKey });
    if (apiKey || fields.baseUrl) await tellBots(tx, connectorId);
    const after = await getConnector(tx, connectorId);
    await record({
      type: 'connector-updated',
      subjectId: connectorId,
      subjectName: after.name,
      detail: { ...changesOf(settingsOf(before, false), settingsOf(after, Boolean(apiKey))), bots: before.botCount },
    });
    return after;
  });

/** What a person sets. Of the key only that it is another is known here, which is enough to say so. */
function settingsOf({ name, model, baseUrl, hasApiKey }: Connector, isNewKey: boolean) {
  return { name, model, baseUrl, apiKey: hasApiKey && (isNewKey ? 'another' : 'the one there was') };
}

async function writeConnector(
  tx: Tx,
  id: string,
  fields: Omit<UpdateConnector, 'connectorId' | 'apiKey'> & { check: ConnectorCheck },
): Promise<void> {
  const { check, name, model, baseUrl } = fields;
  await unlessNameTaken('connector', name ?? '', () =>
    tx
      .updateTable('connector')
      .set({
        checkResult: check,
        updatedAt: sql<Date>`now()`,
        ...(name ? { name } : {}),
        ...(model ? { model } : {}),
        ...(baseUrl ? { baseUrl } : {}),
      })
      .where('id', '=', id)
      .execute(),
  );
}

/** A higher generation makes the loop send the new settings to every bot that uses them. */
async function tellBots(tx: Tx, connectorId: string): Promise<void> {
  await tx
    .updateTable('bot')
    .set({ generation: sql<number>`generation + 1`, reconcileAt: sql<Date>`now()` })
    .where('connectorId', '=', connectorId)
    .where(sql<boolean>`spec->>'desired' <> 'destroyed'`)
    .execute();
}
