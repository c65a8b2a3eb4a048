import type { BotScope, Labels } from '@clawster/contract/label';
import { botPermissions } from '@clawster/contract/permission-list';
import type { Permission } from '@clawster/contract/permission';
import { type HeldRole, isWithin } from './role.ts';

/** A role that holds for some bots only. */
export type Grant = HeldRole & { bots: BotScope };

/** What someone may do: to everything, and beside it to some bots. */
export type Access = HeldRole & { grants?: readonly Grant[] | undefined };

/** What tells whether a bot is among some. */
export type ScopedBot = { id: string; labels: Labels };

const ofBots: ReadonlySet<Permission> = new Set(botPermissions);

/** To which bots a permission is limited; empty when it is held for none, `all` when it is held for the workspace. */
export function reachOf(access: Access, permission: Permission): 'all' | BotScope[] {
  if (access.permissions.has(permission)) return 'all';
  // A binding says nothing about what concerns the whole workspace.
  if (!ofBots.has(permission)) return [];
  return (access.grants ?? []).filter(({ permissions }) => permissions.has(permission)).map(({ bots }) => bots);
}

export function isAmong(bots: BotScope, bot: ScopedBot): boolean {
  if ('botId' in bots) return bots.botId === bot.id;
  return Object.entries(bots.labels).every(([name, value]) => bot.labels[name] === value);
}

/** Whether someone may do this to a bot; without one, whether they may do it at all to whatever there is. */
export function may(access: Access, permission: Permission, bot?: ScopedBot): boolean {
  const reach = reachOf(access, permission);
  return reach === 'all' || (bot !== undefined && reach.some((bots) => isAmong(bots, bot)));
}

/** Some bots, in words: `the bots with team=support`. */
export function sayBots(bots: BotScope): string {
  if ('botId' in bots) return 'one bot';
  const pairs = Object.entries(bots.labels).map(([name, value]) => `${name}=${value}`);
  return `the bots with ${pairs.join(', ')}`;
}

/** Whether every bot among `inner` is among `outer`, whatever labels it gets later. */
export function covers(outer: BotScope, inner: BotScope): boolean {
  if ('botId' in outer) return 'botId' in inner && outer.botId === inner.botId;
  if ('botId' in inner) return false;
  return Object.entries(outer.labels).every(([name, value]) => inner.labels[name] === value);
}

/** All that someone has for these bots: by their role, and by what they were given for no fewer; without bots, by their role alone. */
export function heldFor(access: Access, bots?: BotScope): HeldRole {
  const covering = bots ? (access.grants ?? []).filter((grant) => covers(grant.bots, bots)) : [];
  const given = covering.flatMap(({ permissions }) => [...permissions]);
  return { role: covering[0]?.role ?? access.role, permissions: new Set([...access.permissions, ...given]) };
}

/** Whether `inner` gives nothing, to no bot, that `outer` does not. */
export function isAccessWithin(inner: Access, outer: Access): boolean {
  const grants = inner.grants ?? [];
  return (
    isWithin(inner.permissions, outer.permissions) &&
    grants.every(({ permissions, bots }) => isWithin(permissions, heldFor(outer, bots).permissions))
  );
}

/** What is left of an access where its holder may do less than it says. */
export function limitedTo<A extends Access>(access: A, holder: Access): A {
  const both = (held: ReadonlySet<Permission>, bots?: BotScope) => {
    const limit = heldFor(holder, bots).permissions;
    return new Set([...held].filter((permission) => limit.has(permission)));
  };
  const grants = access.grants?.map((grant) => ({ ...grant, permissions: both(grant.permissions, grant.bots) }));
  return { ...access, permissions: both(access.permissions), ...(grants ? { grants } : {}) };
}
