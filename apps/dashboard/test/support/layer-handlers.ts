import { randomUUID } from 'node:crypto';
import { type Bot, BotSpec, type UpdateBot } from '@clawster/contract/bot';
import type { BotImpact, Impact, ProposedChange } from '@clawster/contract/configuration';
import type { Document } from '@clawster/contract/document';
import type { CreateOverlay, Overlay, OverlayChanges } from '@clawster/contract/overlay';
import type { CreateProfile, Profile, ProfileChanges } from '@clawster/contract/profile';
import { changesBetween } from '@clawster/domain/config/changes-between';
import { effectiveOf } from '@clawster/domain/config/effective';
import { layersOf, type LayerStore, overlaysOf, profilesOf } from '@clawster/domain/config/layers-of';
import { whyNotOpenclaw } from '@clawster/domain/config/settable';
import { pinOf } from '@clawster/domain/skill/pin';
import { whyNotSkills } from '@clawster/domain/skill/pins';
import { botOf } from './bot-of.ts';
import { ago } from './fleet.ts';
import { Refused } from './refused.ts';
import { storedTemplates } from './template-handlers.ts';
import type { Handler, World } from './world.ts';

type Page = { search?: string; cursor?: string; limit: number };

/** Layers and what they come to, by the same rules of the domain as the real server. */
export const layerHandlers: Record<string, Handler> = {
  'configurations.get': (world, { botId }: { botId: string }) => {
    const bot = botOf(world, botId);
    return { botId, generation: bot.generation, ...configurationOf(storeOf(world), bot) };
  },
  'configurations.preview': (world, { proposed }: { proposed: ProposedChange }) => preview(world, proposed),
  'profiles.list': (world, { search = '', ...page }: Page) =>
    pageOf(
      world.profiles.filter(({ name }) => name.toLowerCase().includes(search.toLowerCase())).map(counted(world)),
      page,
    ),
  'profiles.get': (world, { profileId }: { profileId: string }) => counted(world)(found(world.profiles, profileId)),
  'profiles.create': (world, input: CreateProfile) => {
    refuseUnsettable(input.settings.openclaw);
    const profile: Profile = { ...input, ...fresh() };
    world.profiles.push(profile);
    return profile;
  },
  'profiles.update': (world, { profileId, ...changes }: ProfileChanges & { profileId: string }) => {
    refuseUnsettable(changes.settings?.openclaw);
    return change(found(world.profiles, profileId), changes);
  },
  'profiles.delete': (world, { profileId }: { profileId: string }) => {
    world.profiles = world.profiles.filter(({ id }) => id !== profileId);
    return {};
  },
  'overlays.list': (world, { search = '', ...page }: Page) =>
    pageOf(
      world.overlays.filter(({ name }) => name.toLowerCase().includes(search.toLowerCase())),
      page,
    ),
  'overlays.create': (world, input: CreateOverlay) => {
    refuseUnsettable(input.settings.openclaw);
    const overlay: Overlay = {
      ...input,
      ...fresh(),
      ...(input.botId ? { botName: botOf(world, input.botId).name } : {}),
    };
    world.overlays.push(overlay);
    return overlay;
  },
  'overlays.update': (world, { overlayId, ...changes }: OverlayChanges & { overlayId: string }) =>
    change(found(world.overlays, overlayId), changes),
  'overlays.delete': (world, { overlayId }: { overlayId: string }) => {
    world.overlays = world.overlays.filter(({ id }) => id !== overlayId);
    return {};
  },
};

export function configurationOf(store: LayerStore, bot: Bot) {
  const { layers, issues } = layersOf(bot, store);
  const effective = effectiveOf({ name: bot.name, provider: 'demo', model: bot.spec.model }, layers);
  const unusable = whyNotSkills(effective.skills, store.skills);
  return { ...effective, layers: layers.map(({ ref }) => ref), issues: [...issues, ...effective.issues, ...unusable] };
}

export function storeOf(world: World): LayerStore {
  return {
    profiles: world.profiles.map((one) => ({ ...one, selector: one.selector, settings: one.settings as Document })),
    overlays: world.overlays.map((one) => ({
      ...one,
      selector: one.selector,
      botId: one.botId,
      settings: one.settings as Document,
    })),
    templates: storedTemplates(world),
    skills: new Map(world.skills.map((skill) => [pinOf(skill), skill.status])),
    channels: [],
    channelBudgets: [],
    teams: [],
  };
}

/** A bot with the changes that are asked for. */
export function changedBot(bot: Bot, asked: Omit<UpdateBot, 'botId'>): Bot {
  const { template, ...changes } = asked;
  const { template: known, ...spec } = bot.spec;
  const used = template === undefined ? known : template;
  const variables = { ...known?.variables, ...template?.variables };
  return {
    ...bot,
    spec: BotSpec.parse({
      ...spec,
      ...changes,
      ...(used ? { template: { id: used.id, version: used.version ?? 1, variables } } : {}),
    }),
  };
}

function preview(world: World, proposed: ProposedChange): Impact {
  const before = storeOf(world);
  if (proposed.kind === 'bot') {
    refuseUnknown(world, proposed.change);
    const bot = botOf(world, proposed.botId);
    return impactOf([[bot, changedBot(bot, proposed.change)]], before, before);
  }
  refuseUnsettable(proposed.change?.settings?.openclaw);
  const after = storeOf({ ...world, ...withProposed(world, proposed) });
  const has = (bot: Bot, store: LayerStore) =>
    JSON.stringify([profilesOf(bot, store.profiles), overlaysOf(bot, store.overlays)]);
  const id = 'profileId' in proposed ? proposed.profileId : 'overlayId' in proposed ? proposed.overlayId : undefined;
  const named = (bot: Bot) =>
    [...profilesOf(bot, before.profiles), ...overlaysOf(bot, before.overlays)].some((one) => one.id === id);
  const concerned = world.bots.filter((bot) => named(bot) || has(bot, before) !== has(bot, after));
  return impactOf(
    concerned.map((bot) => [bot, bot]),
    before,
    after,
  );
}

function withProposed(world: World, proposed: Exclude<ProposedChange, { kind: 'bot' }>): Partial<World> {
  const replaced = <T extends { id: string }>(all: T[], id: string, changes: object | undefined): T[] =>
    all.flatMap((one) => (one.id === id ? (changes ? [changed(one, changes)] : []) : [one]));
  switch (proposed.kind) {
    case 'new-profile':
      return { profiles: [...world.profiles, { ...proposed.change, ...fresh() }] };
    case 'profile':
      return { profiles: replaced(world.profiles, proposed.profileId, proposed.change) };
    case 'new-overlay':
      return { overlays: [...world.overlays, { ...proposed.change, ...fresh() }] };
    case 'overlay':
      return { overlays: replaced(world.overlays, proposed.overlayId, proposed.change) };
  }
}

/** Refuses what a bot is to be when it could not take it over, as a preview tells it. */
export function refuseUnfit(world: World, was: Bot, is: Bot): void {
  const store = storeOf(world);
  const issues = impactOf([[was, is]], store, store).bots.flatMap((one) => one.issues);
  if (issues[0]) throw new Refused('refused', `${is.name} cannot take this over: ${issues[0].message}`, issues);
}

/** Refuses changes that no bot could have: what no layer may set, a profile that is not there. */
export function refuseUnknown({ profiles }: World, { settings, profileIds = [] }: Omit<UpdateBot, 'botId'>): void {
  refuseUnsettable(settings?.openclaw);
  if (profileIds.some((one) => !profiles.some(({ id }) => id === one)))
    throw new Refused('not-found', 'There is no such profile in this workspace: choose among its profiles');
}

function impactOf(pairs: [Bot, Bot][], stores: LayerStore, storesAfter: LayerStore): Impact {
  const bots = pairs.map(([was, is]): BotImpact => {
    const [before, after] = [configurationOf(stores, was), configurationOf(storesAfter, is)];
    const changes = [
      ...changesBetween(before.document, after.document),
      ...changesBetween({ files: before.files }, { files: after.files }),
      ...changesBetween({ skills: before.skills }, { skills: after.skills }),
    ];
    const known = new Set(before.issues.map(({ message }) => message));
    const issues = after.issues.filter(({ message }) => !known.has(message));
    return {
      botId: is.id,
      botName: is.name,
      changes,
      changeCount: changes.length,
      reload: changes.length > 0 ? 'hot' : 'none',
      issues,
    };
  });
  const touched = bots.filter(({ changes, issues }) => changes.length + issues.length > 0);
  const fitting = touched.filter(({ issues }) => issues.length === 0);
  return {
    concerned: bots.length,
    changed: touched.filter(({ changes }) => changes.length > 0).length,
    hot: fitting.length,
    restart: 0,
    refused: touched.length - fitting.length,
    bots: touched,
  };
}

function refuseUnsettable(openclaw: Document | undefined): void {
  const issues = whyNotOpenclaw(openclaw ?? {}).map(({ path, message }) => ({ path: `settings.${path}`, message }));
  if (issues[0]) throw new Refused('invalid', issues[0].message, issues);
}

function counted(world: World) {
  return (profile: Profile): Profile => ({
    ...profile,
    botCount: world.bots.filter((bot) => profilesOf(bot, storeOf(world).profiles).some(({ id }) => id === profile.id))
      .length,
  });
}

function change<T extends { version: number }>(one: T, changes: object): T {
  const after = { ...changed(one, changes), version: one.version + 1 };
  for (const name of Object.keys(one)) delete one[name as keyof T];
  return Object.assign(one, after);
}

/** What is null is taken away. */
function changed<T extends object>(one: T, changes: object): T {
  const all = Object.entries({ ...one, ...changes }).filter(([, value]) => value !== null);
  return Object.fromEntries(all) as T;
}

function fresh() {
  return { id: randomUUID(), version: 1, botCount: 0, createdAt: ago(0), updatedAt: ago(0) };
}

function found<T extends { id: string }>(all: T[], id: string): T {
  const one = all.find((other) => other.id === id);
  if (!one) throw new Refused('not-found', 'There is no such layer in this workspace');
  return one;
}

export function pageOf<T>(all: T[], { cursor, limit }: Omit<Page, 'search'>) {
  const from = Number(cursor ?? 0);
  const next = from + limit;
  return {
    items: all.slice(from, next),
    total: all.length,
    ...(next < all.length ? { nextCursor: String(next) } : {}),
  };
}
