import type { StoredChannel } from '../channel/channels-of.ts';
import type { ChannelBudget } from '../channel/metered.ts';
import type { BotSpec } from '@clawster/contract/bot';
import type { Document } from '@clawster/contract/document';
import type { Labels } from '@clawster/contract/label';
import type { TemplateContent } from '@clawster/contract/template';
import type { StoredTeam } from '../team/team-of.ts';
import { fillTemplate } from '../template/fill.ts';
import type { Layer } from './merge.ts';
import type { SettingIssue } from './settable.ts';

type Shared = {
  id: string;
  name: string;
  priority: number;
  selector: Labels | undefined;
  settings: Document;
  version: number;
};
export type StoredProfile = Shared & { locked: readonly string[] };
export type StoredOverlay = Shared & { botId: string | undefined };
export type StoredTemplate = { id: string; version: number; name: string; content: TemplateContent };

/** All a workspace's bots take their layers from. */
export type LayerStore = {
  profiles: readonly StoredProfile[];
  overlays: readonly StoredOverlay[];
  templates: readonly StoredTemplate[];
  /** Versions of skills by their pins, and whether bots may use them. */
  skills: ReadonlyMap<string, 'ready' | 'held'>;
  channels: readonly StoredChannel[];
  /** Budgets that stop one channel. */
  channelBudgets: readonly ChannelBudget[];
  teams: readonly StoredTeam[];
};

/** What of a bot decides which layers it has. */
export type LayeredBot = {
  id: string;
  name: string;
  labels: Labels;
  spec: Pick<BotSpec, 'template' | 'profileIds' | 'settings' | 'personality'>;
};

/**
 * The layers of a bot, the lowest first: its template; profiles it has by labels, by priority; profiles it names, in its
 * order; overlays by priority, its own above those it has by labels; the bot itself.
 */
export function layersOf(bot: LayeredBot, store: LayerStore): { layers: Layer[]; issues: SettingIssue[] } {
  const template = templateLayer(bot, store);
  const profiles = profilesOf(bot, store.profiles).map(({ id, name, version, settings, locked }): Layer => ({
    ref: { kind: 'profile', id, name, version },
    settings,
    locked,
  }));
  const overlays = overlaysOf(bot, store.overlays).map(({ id, name, version, settings }): Layer => ({
    ref: { kind: 'overlay', id, name, version },
    settings,
  }));
  return { layers: [...template.layers, ...profiles, ...overlays, ownLayer(bot)], issues: template.issues };
}

/** Whether a layer with this selector is attached to a bot with these labels. */
export function selects(selector: Labels | undefined, labels: Labels): boolean {
  return selector !== undefined && Object.entries(selector).every(([name, value]) => labels[name] === value);
}

/** The profiles of a bot, the lowest first. One that it both names and has by labels is where it names it. */
export function profilesOf<P extends Shared>({ labels, spec }: LayeredBot, profiles: readonly P[]): P[] {
  const named = spec.profileIds.flatMap((id) => profiles.find((profile) => profile.id === id) ?? []);
  const byLabels = profiles.filter((one) => selects(one.selector, labels) && !named.includes(one));
  return [...byLabels.toSorted(byPriority), ...named];
}

/** The overlays of a bot, the lowest first. */
export function overlaysOf<O extends Shared & { botId: string | undefined }>(
  bot: LayeredBot,
  overlays: readonly O[],
): O[] {
  return overlays
    .filter((one) => one.botId === bot.id || selects(one.selector, bot.labels))
    .toSorted((one, other) => Number(one.botId !== undefined) - Number(other.botId !== undefined))
    .toSorted(byPriority);
}

function byPriority(one: Shared, other: Shared): number {
  return one.priority - other.priority;
}

function templateLayer({ spec: { template } }: LayeredBot, { templates }: LayerStore) {
  if (!template) return { layers: [], issues: [] };
  const stored = templates.find(({ id, version }) => id === template.id && version === template.version);
  if (!stored)
    return {
      layers: [],
      issues: [{ path: 'template', message: `There is no version ${template.version} of its template` }],
    };
  const { settings, issues } = fillTemplate(stored.content, template.variables);
  const ref = { kind: 'template' as const, id: stored.id, name: stored.name, version: stored.version };
  return { layers: [{ ref, settings, locked: stored.content.locked }], issues };
}

function ownLayer({ name, spec: { personality, settings } }: LayeredBot): Layer {
  const { identity, ...others } = settings as Document;
  const own = personality.trim() === '' ? identity : { ...(identity as Document), personality };
  return { ref: { kind: 'own', name }, settings: { ...others, ...(own === undefined ? {} : { identity: own }) } };
}
