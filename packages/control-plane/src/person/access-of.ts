import type { Access } from '@clawster/domain/role/reach';
import { boundRoles, customPermissions } from '../role/role.queries.ts';
import { accessIn } from '../session/session.queries.ts';
import type { Tx } from '../transaction.ts';

/** What members may do at this moment, by their id; who is disabled or no member is left out. */
export async function accessOf(tx: Tx, workspaceId: string, personIds: string[]): Promise<Map<string, Access>> {
  if (personIds.length === 0) return new Map();
  const rows = await tx
    .selectFrom('membership')
    .select(['personId', 'role'])
    .select([customPermissions('membership').as('customPermissions'), boundRoles.as('boundRoles')])
    .where('workspaceId', '=', workspaceId)
    .where('personId', 'in', personIds)
    .where('disabledAt', 'is', null)
    .execute();
  return new Map(rows.map((row) => [row.personId, accessIn(row)]));
}
