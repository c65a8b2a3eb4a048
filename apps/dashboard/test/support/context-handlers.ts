import type { ContextEntry } from '@clawster/contract/context-entry';
import { ago } from './fleet.ts';
import { pageOf } from './layer-handlers.ts';
import { Refused } from './refused.ts';
import { owner, type Handler, type World } from './world.ts';

type One = { teamId: string; key: string };
type Written = One &
  Pick<ContextEntry, 'visibility' | 'untrusted' | 'expiresAt'> & { text: string; baseVersion: number };

/** What teams know, as a server keeps it. */
export const contextHandlers: Record<string, Handler> = {
  'contextEntries.list': (
    { teaming },
    { teamId, prefix = '', search = '', ...page }: { teamId: string; prefix?: string; search?: string; limit: number },
  ) => {
    const newest = [...Map.groupBy(teaming.entries, ({ teamId: team, key }) => `${team} ${key}`).values()].flatMap(
      ([first]) => (first && !first.isDeleted ? [first] : []),
    );
    return pageOf(
      newest
        .filter((entry) => entry.teamId === teamId && entry.key.startsWith(prefix))
        .filter(({ key, text }) => `${key} ${text}`.toLowerCase().includes(search.toLowerCase()))
        .toSorted((one, other) => one.key.localeCompare(other.key)),
      page,
    );
  },
  'contextEntries.get': (world, { version, ...one }: One & { version?: number }) => {
    const entry = versionsOf(world, one).find((each) => version === undefined || each.version === version);
    if (!entry) throw new Refused('not-found', 'The team has no such entry');
    return entry;
  },
  'contextEntries.history': (world, { teamId, key, ...page }: One & { limit: number }) =>
    pageOf(versionsOf(world, { teamId, key }), page),
  'contextEntries.set': (world, { baseVersion, ...written }: Written) => {
    const [newest] = versionsOf(world, written);
    if ((newest?.version ?? 0) !== baseVersion)
      throw new Refused('conflict', `${newest?.author.name ?? 'Somebody'} wrote this entry meanwhile`);
    return add(world, written);
  },
  'contextEntries.restore': (world, { version, ...one }: One & { version: number }) => {
    const old = versionsOf(world, one).find((each) => each.version === version);
    if (!old) throw new Refused('not-found', 'There is no such version');
    return add(world, { ...one, text: old.text ?? '', visibility: old.visibility, untrusted: old.untrusted });
  },
  'contextEntries.delete': (world, one: One) => {
    add(world, { ...one, text: '', visibility: 'team', untrusted: false }).isDeleted = true;
    return {};
  },
};

function versionsOf({ teaming }: World, { teamId, key }: One): ContextEntry[] {
  return teaming.entries.filter((entry) => entry.teamId === teamId && entry.key === key);
}

function add(world: World, written: Omit<Written, 'baseVersion'>): ContextEntry {
  const version = (versionsOf(world, written)[0]?.version ?? 0) + 1;
  const author = { kind: 'person' as const, id: owner.id, name: world.ownName };
  const entry = { ...written, version, author, isDeleted: false, at: ago(0) };
  world.teaming.entries.unshift(entry);
  return entry;
}
