import type { RoleByGroups } from '@clawster/domain/sso/role-of-groups';
import { definitionsOf } from '../sso/definitions-of.ts';
import { findProvider } from '../sso/provider.queries.ts';
import type { Tx } from '../transaction.ts';
import type { StoredDirectory } from './directory.queries.ts';

/** What single sign-on was set up with, as far as a directory goes by it. */
export type Mapping = RoleByGroups & { emailDomains: readonly string[] };

/** Which group has which role, and whose addresses are taken: one list for the provider and the directory of a workspace. */
export async function mappingOf(tx: Tx, { workspaceId, ceiling }: StoredDirectory): Promise<Mapping> {
  const stored = await findProvider(tx, workspaceId);
  const rule = stored?.provider ?? { groupRoles: [] };
  return {
    rule,
    definitions: await definitionsOf(tx, workspaceId, rule),
    ceilings: stored ? [ceiling, stored.ceiling] : [ceiling],
    emailDomains: stored?.provider.emailDomains ?? [],
  };
}
