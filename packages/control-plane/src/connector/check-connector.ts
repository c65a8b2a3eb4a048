import { api } from '@clawster/contract/api';
import type { Connector, ConnectorCheck } from '@clawster/contract/connector';
import { Refusal } from '@clawster/domain/refusal';
import type { Caller } from '../caller.ts';
import { command } from '../command.ts';
import { admit, parseInput } from '../enter.ts';
import type { ControlPlane } from '../plane.ts';
import { readAs } from '../query.ts';
import { readUsedSecret } from '../secret/secret-use.ts';
import { apiKeyField, getConnector } from './connector.queries.ts';
import { askConnection } from './test-connector.ts';

/** Asks a provider now, and keeps what it said; that it does not answer is the answer, not a refusal. */
export async function checkConnector(plane: ControlPlane, caller: Caller, raw: unknown): Promise<Connector> {
  const { workspaceId } = admit(api.connectors.check, caller);
  const { connectorId } = parseInput(api.connectors.check, raw);
  const check = await askStored(plane, { workspaceId, connectorId });
  return keepCheck(check)(plane, caller, raw);
}

/** What a provider says to the settings and the key that are stored. */
export async function askStored(
  plane: ControlPlane,
  { workspaceId, connectorId }: { workspaceId: string; connectorId: string },
): Promise<ConnectorCheck> {
  const { connector, key } = await readAs(plane, { workspaceId }, async (tx) => ({
    connector: await getConnector(tx, connectorId),
    key: await readUsedSecret(tx, plane.keys, {
      workspaceId,
      ownerKind: 'connector',
      ownerId: connectorId,
      field: apiKeyField,
    }),
  }));
  const { provider, baseUrl, model, api: spoken } = connector;
  if (provider === 'demo') throw new Refusal('refused', 'The demo model is built in: there is nobody to ask');
  return askConnection(plane, { provider, baseUrl, model, api: spoken, apiKey: key?.value });
}

const keepCheck = (checkResult: ConnectorCheck) =>
  command(api.connectors.check, async ({ tx, record }, { connectorId }) => {
    await tx.updateTable('connector').set({ checkResult }).where('id', '=', connectorId).execute();
    const connector = await getConnector(tx, connectorId);
    const { ok, message } = checkResult;
    await record({
      type: 'connector-checked',
      subjectId: connectorId,
      subjectName: connector.name,
      detail: { ok, message },
    });
    return connector;
  });
