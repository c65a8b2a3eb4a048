import { api } from '@clawster/contract/api';
import type { RoleDefinition } from '@clawster/contract/role';
import { isWithin } from '@clawster/domain/role/role';
import { useQuery } from '@tanstack/react-query';
import { q } from '../../lib/query.ts';
import { useIdentity } from '../session/use-identity.ts';

/** The workspace's roles, built-in ones first; undefined until the server said which. */
export function useRoles(): RoleDefinition[] | undefined {
  return useQuery({ ...q(api.roles.list, {}), staleTime: 60_000 }).data?.items;
}

/** The roles that the signed-in person can hand out: those that give nothing they lack; their own, where they may not see which there are. */
export function useGrantableRoles(): Pick<RoleDefinition, 'name' | 'description' | 'permissions'>[] {
  const identity = useIdentity();
  const roles = useRoles();
  if (!identity) return [];
  const { role: name, permissions } = identity;
  if (!permissions.includes('role:read')) return [{ name, description: '', permissions }];
  const own = new Set(permissions);
  return (roles ?? []).filter((role) => isWithin(new Set(role.permissions), own));
}

/** A role by name, as the rules of the domain take it; nothing is known to be in one that is not there. */
export function useHeldRole(name: string) {
  const found = useRoles()?.find((role) => role.name === name);
  return { role: name, permissions: new Set(found?.permissions) };
}
