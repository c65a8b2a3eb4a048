import { api } from '@clawster/contract/api';
import type { Identity } from '@clawster/contract/person';
import type { Permission } from '@clawster/contract/permission';
import { may, reachOf, type ScopedBot } from '@clawster/domain/role/reach';
import { useQuery } from '@tanstack/react-query';
import { q } from '../../lib/query.ts';

/** Who is signed in; undefined until the server said so. */
export function useIdentity(): Identity | undefined {
  return useQuery({ ...q(api.sessions.current, {}), staleTime: 5 * 60_000 }).data;
}

/** Why the signed-in person may not do this, or undefined. The server decides; this only says it beforehand. */
export function useWhyForbidden(permission: Permission): string | undefined {
  return whyForbidden(useIdentity(), permission);
}

/** The same of one who is known; with a bot, whether for this one. */
export function whyForbidden(
  identity: Identity | undefined,
  permission: Permission,
  bot?: ScopedBot,
): string | undefined {
  if (!identity || may(accessOf(identity), permission, bot)) return undefined;
  const hasMore = identity.grants.length > 0;
  const who = hasMore ? 'Your roles do' : `Your role (${identity.role}) does`;
  return `${who} not include this${hasMore && bot ? ' for this bot' : ''}. Ask an owner or admin.`;
}

/** What someone may do, as the rules of the domain take it. */
export function accessOf({ role, permissions, grants }: Identity) {
  return {
    role,
    permissions: new Set(permissions),
    grants: grants.map((grant) => ({ ...grant, permissions: new Set(grant.permissions) })),
  };
}

/** Why the signed-in person may not begin this for any bot at all, or undefined: for what makes a bot. */
export function whyNowhere(identity: Identity | undefined, permission: Permission): string | undefined {
  if (identity && reachOf(accessOf(identity), permission).length > 0) return undefined;
  return whyForbidden(identity, permission);
}
