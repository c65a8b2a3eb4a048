import type { Provider } from '@clawster/contract/connector';
import type { Labels } from '@clawster/contract/label';
import type { ModelUpstream } from '@clawster/link/model-plan';
import { secretIds, type Configure } from '@clawster/link/supervisor-methods';
import { configurationBy } from '../configuration/configured-bot.ts';
import { readLayers } from '../configuration/layer-store.ts';
import { baseUrlOf } from '../connector/connection.ts';
import { apiKeyField } from '../connector/connector.queries.ts';
import type { ControlPlane } from '../plane.ts';
import { readSecret } from '../secret/read-secret.ts';
import { readUsedSecret } from '../secret/secret-use.ts';
import { skillsOf } from '../skill/files-of.ts';
import type { Tx } from '../transaction.ts';
import type { LeasedBot } from './lease-bots.ts';

/** All a bot should be, with its secrets in the clear: to be sent over the link and kept nowhere. */
export async function configurationOf(tx: Tx, plane: ControlPlane, bot: LeasedBot): Promise<Configure> {
  const { spec, workspaceId } = bot;
  const connector = await tx
    .selectFrom('connector')
    .select(['id', 'provider', 'baseUrl'])
    .where('id', '=', spec.connectorId)
    .executeTakeFirstOrThrow();
  const provider = connector.provider as Provider;
  const gatewayToken = await readSecret(tx, plane.keys, {
    workspaceId,
    ownerKind: 'bot',
    ownerId: bot.id,
    field: secretIds.gatewayToken,
  });
  if (!gatewayToken) throw new Error('The bot has no gateway token: destroy it and create it anew');
  const key = await readUsedSecret(tx, plane.keys, {
    workspaceId,
    ownerKind: 'connector',
    ownerId: connector.id,
    field: apiKeyField,
  });
  const labels = bot.labels as Labels;
  const configured = { id: bot.id, name: bot.name, labels, spec, generation: bot.generation, provider };
  const { document, files, skills } = configurationBy(await readLayers(tx, workspaceId, [bot]), configured);
  return {
    generation: bot.generation,
    desired: spec.desired === 'paused' ? 'paused' : 'running',
    restartCount: bot.restartCount,
    botName: bot.name,
    document,
    files,
    skills: await skillsOf(tx, workspaceId, skills),
    secrets: { [secretIds.gatewayToken]: gatewayToken },
    model: upstream(provider, connector.baseUrl ?? undefined, { model: spec.model, apiKey: key?.value }),
    modelCheck: spec.modelCheck,
    memoryBytesMax: spec.memoryBytesMax,
    diskBytesMax: spec.diskBytesMax,
    disconnect: spec.disconnect,
    drift: spec.drift,
    runtimeVersion: spec.runtimeVersion,
    channels: [],
    credentials: key ? [{ secretId: key.secretId, version: key.version, use: { kind: 'model', index: 0 } }] : [],
  };
}

function upstream(
  provider: Provider,
  baseUrl: string | undefined,
  { model, apiKey }: { model: string; apiKey: string | undefined },
): ModelUpstream {
  if (provider === 'demo') return { provider, model };
  return { provider, model, baseUrl: baseUrlOf({ provider, baseUrl }), ...(apiKey ? { apiKey } : {}) };
}
