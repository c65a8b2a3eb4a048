import type { Labels } from '@clawster/contract/label';
import { isMetered, meteredModel } from '@clawster/domain/channel/metered';
import { teamFactsOf } from '@clawster/domain/team/team-of';
import type { ModelPlan } from '@clawster/link/model-plan';
import { secretIds, type Configure } from '@clawster/link/supervisor-methods';
import { captureOf } from '../capture/capture-of.ts';
import { configurationBy } from '../configuration/configured-bot.ts';
import { readLayers } from '../configuration/layer-store.ts';
import { planFor } from '../connector/plan-for.ts';
import type { ControlPlane } from '../plane.ts';
import { readSecret } from '../secret/read-secret.ts';
import { channelSecrets } from '../channel/channel-secrets.ts';
import { skillsOf } from '../skill/files-of.ts';
import type { Tx } from '../transaction.ts';
import type { LeasedBot } from './lease-bots.ts';

/** All a bot should be, with its secrets in the clear: to be sent over the link and kept nowhere. */
export async function configurationOf(tx: Tx, plane: ControlPlane, bot: LeasedBot): Promise<Configure> {
  const { spec, workspaceId } = bot;
  const gatewayToken = await readSecret(tx, plane.keys, {
    workspaceId,
    ownerKind: 'bot',
    ownerId: bot.id,
    field: secretIds.gatewayToken,
  });
  if (!gatewayToken) throw new Error('The bot has no gateway token: destroy it and create it anew');
  const { plan, credentials, own } = await planFor(tx, plane, { id: bot.id, workspaceId, spec });
  const labels = bot.labels as Labels;
  const { provider, api, models } = own;
  const identity = { id: bot.id, name: bot.name, labels, spec, generation: bot.generation };
  const configured = { ...identity, provider, api, models };
  const layers = await readLayers(tx, workspaceId, [bot]);
  const { document, files, skills, channels } = configurationBy(layers, configured);
  const metered = isMetered(configured, layers) ? channels.map(({ kind }) => kind) : undefined;
  const delivered = await channelSecrets(tx, plane, { workspaceId, botId: bot.id, channels });
  return {
    generation: bot.generation,
    desired: spec.desired === 'paused' ? 'paused' : 'running',
    restartCount: bot.restartCount,
    botName: bot.name,
    document,
    files,
    skills: await skillsOf(tx, workspaceId, skills),
    secrets: { [secretIds.gatewayToken]: gatewayToken, ...delivered.secrets },
    model: { ...single(plan), ...plan, models: metered ? byChannel(plan, metered) : plan.models },
    modelCheck: spec.modelCheck,
    memoryBytesMax: spec.memoryBytesMax,
    diskBytesMax: spec.diskBytesMax,
    disconnect: spec.disconnect,
    drift: spec.drift,
    runtimeVersion: spec.runtimeVersion,
    channels: channels.map(({ kind }) => kind),
    ...(delivered.telegram ? { telegram: delivered.telegram } : {}),
    credentials: [...credentials, ...delivered.credentials],
    capture: await captureOf(tx, bot),
    ...membership(teamFactsOf(bot.id, layers.teams)),
  };
}

function membership(team: ReturnType<typeof teamFactsOf>): Pick<Configure, 'team'> {
  return team ? { team: { teamName: team.name, isLead: team.isLead, tools: team.tools } } : {};
}

/** The models under the names that each channel asks for them by; asked for by their own, it is the chat here. */
function byChannel({ models }: ModelPlan, kinds: readonly string[]): ModelPlan['models'] {
  const here = models.map((model) => ({ ...model, channel: { kind: 'clawster', model: model.name } }));
  const elsewhere = kinds.flatMap((kind) =>
    models.map((model) => ({
      ...model,
      name: meteredModel(kind, model.name),
      channel: { kind, model: model.name },
    })),
  );
  return [...here, ...elsewhere];
}

/** The usual model alone, as a supervisor of the minor version before knows it: it reads past the plan. */
function single({ models: [usual] }: ModelPlan) {
  const { provider = 'demo', model, baseUrl, apiKey } = usual?.upstreams[0] ?? {};
  if (provider === 'demo') return { provider, model };
  const spoken = provider === 'anthropic' ? provider : ('openai-compatible' as const);
  return { provider: spoken, model, baseUrl, ...(apiKey ? { apiKey } : {}) };
}
