import type { OpenAiApi, Provider } from '@clawster/contract/connector';
import type { Document, Json } from '@clawster/contract/document';
import type { Explained } from '@clawster/contract/layer';
import type { ConnectorModel, ModelPrice } from '@clawster/contract/model';
import type { Goal } from '@clawster/contract/settings';
import { type ChannelOfBot, whyNotTogether } from '../channel/channels-of.ts';
import { channelLayers } from '../channel/layers.ts';
import { meteredModel } from '../channel/metered.ts';
import { dialectOf } from '../model/rules.ts';
import { skillName } from '../skill/pin.ts';
import { pinsIn } from '../skill/pins.ts';
import { teamLayers, teamPlugins, teamText } from '../team/document.ts';
import type { TeamFacts } from '../team/facts.ts';
import { defaultsFor, enforcedFor } from './baseline.ts';
import { type Identity, type IdentityFiles, identityFiles, whyTooLong } from './identity-files.ts';
import { isObject, type Layer, mergeLayers } from './merge.ts';
import type { SettingIssue } from './settable.ts';

/** What a bot's configuration is made of beside its layers. */
export type BotFacts = {
  name: string;
  provider: Provider;
  api?: OpenAiApi | undefined;
  /** Its usual model; it may ask for `models` too. */
  model: string;
  models?: readonly ConnectorModel[] | undefined;
  channels?: readonly ChannelOfBot[];
  /** Each channel asks for the models under names of its own. */
  isMetered?: boolean;
  /** Absent: it is in none. */
  team?: TeamFacts | undefined;
};

/** What a bot's layers come to: what OpenClaw is told, and why. */
export type Effective = {
  identity: Identity;
  /** Pins of the skills it has. */
  skills: string[];
  /** Where it may connect to beside what it is made of. */
  egressHosts: string[];
  /** Those it answers by. */
  channels: ChannelOfBot[];
  /** OpenClaw's configuration, with placeholders for what only the host knows. */
  document: Document;
  /** The files of its workspace that OpenClaw tells the model. */
  files: IdentityFiles;
  explained: Explained[];
  /** Why it cannot be applied so; empty when it can. */
  issues: SettingIssue[];
};

/**
 * A bot's configuration from its layers, the lowest first: Clawster's defaults below them, what the bot's model asks for
 * and the baseline above. Pure: API, preview, command line and reconciler come to the same.
 */
export function effectiveOf(bot: BotFacts, layers: readonly Layer[] = []): Effective {
  const defaults: Layer = { ref: { kind: 'defaults', name: 'defaults' }, settings: defaultsFor(bot.name) };
  const given = [defaults, ...layers];
  // Which tools the layers give decides what the baseline has to close.
  const first = mergeLayers(given);
  const skills = pinsIn(first.value);
  const allowed = listAt(first.value, ['openclaw', 'tools', 'allow']);
  const { channels = [] } = bot;
  const enforced: Layer = {
    ref: { kind: 'enforced', name: 'baseline' },
    settings: {
      openclaw: enforcedFor(allowed, [...channels.map(({ kind }) => kind), ...teamPlugins(bot.team)]),
    },
    enforced: true,
  };
  const { value, explained, issues } = mergeLayers([
    ...given,
    connection(bot, skills),
    ...channelLayers(channels),
    ...teamLayers(bot.team),
    enforced,
  ]);
  const identity = identityIn(bot.name, value);
  const files = identityFiles({ ...identity, team: teamText(bot.team) });
  return {
    identity,
    skills,
    egressHosts: listAt(value, ['egress', 'hosts']).filter((host) => typeof host === 'string'),
    channels: [...channels],
    document: asDocument(value['openclaw']),
    files,
    explained,
    issues: [
      ...issues.map(({ path, message }) => ({ path, message })),
      ...whyTooLong(files, bot.team !== undefined),
      ...withoutTools(allowed),
      ...whyNotTogether(channels),
    ],
  };
}

/** OpenClaw fails every turn of a bot that has no tool at all. */
function withoutTools(allowed: readonly Json[]): SettingIssue[] {
  if (allowed.length > 0) return [];
  return [{ path: 'openclaw.tools.allow', message: 'A bot needs one tool at least: allow session_status' }];
}

/** What the bot's name, model and skills ask of OpenClaw: its own, and no layer's to say. */
function connection(bot: BotFacts, skills: readonly string[]): Layer {
  const { name, model } = bot;
  return {
    ref: { kind: 'own', name },
    // A lock of a layer does not reach what makes it this bot.
    enforced: true,
    settings: {
      openclaw: {
        agents: {
          defaults: { model: { primary: `clawster/${model}` } },
          entries: { main: { skills: skills.map(skillName), identity: { name } } },
        },
        ...modelByChannel(bot),
        models: {
          providers: {
            clawster: {
              api: dialectOf(bot),
              models: [...askable(bot), ...meteredModels(bot)].map(described),
            },
          },
        },
      },
    },
  };
}

/** The models as each of the bot's channels asks for them, where that is to be known. */
function meteredModels(bot: BotFacts): ConnectorModel[] {
  return kindsMetered(bot).flatMap((kind) =>
    askable(bot).map((model) => ({ ...model, id: meteredModel(kind, model.id) })),
  );
}

function modelByChannel(bot: BotFacts): Document {
  const kinds = kindsMetered(bot);
  if (kinds.length === 0) return {};
  const named = kinds.map((kind) => [kind, { '*': `clawster/${meteredModel(kind, bot.model)}` }]);
  return { channels: { modelByChannel: Object.fromEntries(named) } };
}

function kindsMetered({ isMetered = false, channels = [] }: BotFacts): string[] {
  return isMetered ? channels.map(({ kind }) => kind) : [];
}

/** The models a bot may ask for, its usual one first. */
export function askable({ model, models = [] }: Pick<BotFacts, 'model' | 'models'>): ConnectorModel[] {
  const usual = models.find(({ id }) => id === model) ?? { id: model, inputs: ['text' as const] };
  return [usual, ...models.filter(({ id }) => id !== model)];
}

/** A model as OpenClaw is told of it: by the price it counts what we count. */
function described({ id, inputs, contextWindow, maxTokens, price }: ConnectorModel): Document {
  return {
    id,
    name: id,
    input: inputs,
    contextWindow: contextWindow ?? 128_000,
    maxTokens: maxTokens ?? 8_192,
    cost: price ? costOf(price) : { input: 0, output: 0, cacheRead: 0, cacheWrite: 0 },
  };
}

function costOf({ long, ...price }: ModelPrice): Document {
  const usual = ratesOf(price);
  if (!long) return usual;
  const { above } = long;
  const tiers = [
    { ...usual, range: [0, above + 1] },
    { ...ratesOf(long), range: [above + 1] },
  ];
  return { ...usual, tieredPricing: tiers };
}

function ratesOf({ input, output, cacheRead, cacheWrite }: Omit<ModelPrice, 'asOf' | 'long'>) {
  return { input, output, cacheRead: cacheRead ?? input, cacheWrite: cacheWrite ?? input };
}

function identityIn(name: string, value: Document): Identity {
  const identity = asDocument(value['identity']);
  const text = (key: string) => (typeof identity[key] === 'string' ? identity[key] : undefined);
  return {
    name,
    personality: text('personality')?.trim() || textOf(defaultsFor(name)),
    ...(text('role') ? { role: text('role') } : {}),
    ...(text('style') ? { style: text('style') } : {}),
    ...(text('emoji') ? { emoji: text('emoji') } : {}),
    ...(Array.isArray(identity['goals']) ? { goals: identity['goals'] as Goal[] } : {}),
  };
}

const textOf = (defaults: Document) => asDocument(defaults['identity'])['personality'] as string;

function asDocument(value: Json | undefined): Document {
  return isObject(value) ? value : {};
}

function listAt(value: Document, path: readonly string[]): Json[] {
  const found = path.reduce<Json | undefined>((inner, key) => (isObject(inner) ? inner[key] : undefined), value);
  return Array.isArray(found) ? found : [];
}
