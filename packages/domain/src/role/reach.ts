import type { BotScope, Labels } from '@clawster/contract/label';
import { botPermissions } from '@clawster/contract/permission-list';
import type { Permission } from '@clawster/contract/permission';
import type { HeldRole } from './role.ts';

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
