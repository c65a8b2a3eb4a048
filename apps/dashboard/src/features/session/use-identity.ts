import { api } from '@clawster/contract/api';
import type { Identity } from '@clawster/contract/person';
import type { Permission } from '@clawster/contract/permission';
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

export function whyForbidden(identity: Identity | undefined, permission: Permission): string | undefined {
  if (!identity || identity.permissions.includes(permission)) return undefined;
  return `Your role (${identity.role}) does not include this. Ask an owner or admin.`;
}
