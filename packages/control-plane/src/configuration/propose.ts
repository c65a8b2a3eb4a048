import type { Document } from '@clawster/contract/document';
import type { Settings } from '@clawster/contract/settings';
import {
  type LayerStore,
  overlaysOf,
  profilesOf,
  type StoredOverlay,
  type StoredProfile,
} from '@clawster/domain/config/layers-of';
import { parseKeyPath } from '@clawster/contract/key-path';
import { whyNotOpenclaw } from '@clawster/domain/config/settable';
import { Refusal } from '@clawster/domain/refusal';
import type { Tx } from '../transaction.ts';
import { type ConfiguredBot, readConfigured } from './configured-bot.ts';
import { type Changed, impactOn } from './impact.ts';
import { readLayers } from './layer-store.ts';

/** One of the layers that bots share, as it would be; `undefined`: gone. */
export type LayerProposal =
  | { profile: { id: string; after: StoredProfile | undefined } }
  | { overlay: { id: string; after: StoredOverlay | undefined } };

/** What a change of a shared layer does to each bot that has it now or would have it then. */
export async function proposeLayer(tx: Tx, workspaceId: string, proposal: LayerProposal): Promise<Changed[]> {
  const bots = await readConfigured(tx, workspaceId);
  const before = await readLayers(tx, workspaceId, bots);
  const after = withProposal(before, proposal);
  const concerned = bots.filter((bot) => has(bot, before, proposal) || has(bot, after, proposal));
  return impactOn(
    concerned.map((bot) => ({ before: bot, after: bot })),
    { before, after },
  );
}

function withProposal(store: LayerStore, proposal: LayerProposal): LayerStore {
  if ('profile' in proposal) return { ...store, profiles: replaced(store.profiles, proposal.profile) };
  return { ...store, overlays: replaced(store.overlays, proposal.overlay) };
}

/** In the order of their names, as they are read: of two with one priority it decides which is above. */
function replaced<T extends { id: string; name: string }>(
  all: readonly T[],
  { id, after }: { id: string; after: T | undefined },
): T[] {
  const others = all.filter((one) => one.id !== id);
  return after ? [...others, after].toSorted((one, other) => (one.name < other.name ? -1 : 1)) : others;
}

function has(bot: ConfiguredBot, store: LayerStore, proposal: LayerProposal): boolean {
  if ('profile' in proposal) return profilesOf(bot, store.profiles).some(({ id }) => id === proposal.profile.id);
  return overlaysOf(bot, store.overlays).some(({ id }) => id === proposal.overlay.id);
}

/** Refuses settings that no layer may say, and locks that name no place, whatever bots have the layer. */
export function refuseUnsettable(settings: Settings, locked: readonly string[] = []): void {
  const unsettable = settings.openclaw ? whyNotOpenclaw(settings.openclaw) : [];
  const unreadable = locked
    .filter((path) => !isLockable(path))
    .map((path) => ({
      path: 'locked',
      message: `${path} cannot be locked: write a path such as openclaw.tools.allow`,
    }));
  const issues = [...unsettable.map(({ path, message }) => ({ path: `settings.${path}`, message })), ...unreadable];
  const [first] = issues;
  if (first) throw new Refusal('invalid', first.message, { issues: issues.slice(0, 20) });
}

function isLockable(path: string): boolean {
  return ['identity', 'skills', 'egress', 'openclaw'].includes(parseKeyPath(path)?.[0] ?? '');
}

/** Settings as a layer has them: JSON, in which what is undefined is not. */
export const documentOf = (settings: Settings): Document => settings as Document;
