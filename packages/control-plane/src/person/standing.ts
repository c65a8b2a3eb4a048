import { Refusal } from '@clawster/domain/refusal';
import { isWithin } from '@clawster/domain/role/role';
import { sql } from 'kysely';
import { keyAccess } from '../api-key/api-key.queries.ts';
import type { SignedIn } from '../caller.ts';
import { customPermissions, permissionsIn } from '../role/role.queries.ts';
import type { Tx } from '../transaction.ts';

/**
 * The person who answers for what a caller hands out, asked of the database at this moment and held until the
 * transaction ends: who was removed or demoted a moment ago hands nothing out any more. Undefined when whoever
 * made the key is gone.
 */
export async function standing(tx: Tx, caller: SignedIn): Promise<string | undefined> {
  const held = caller.kind === 'person' ? await membershipOf(tx, caller) : await keyOf(tx, caller);
  if (!held || held.role !== caller.role || !isWithin(caller.permissions, held.permissions))
    throw new Refusal('forbidden', 'What you may do was changed a moment ago: try again');
  return held.personId ?? undefined;
}

async function membershipOf(tx: Tx, { workspaceId, id }: SignedIn) {
  const held = await tx
    .selectFrom('membership')
    .select(['personId', 'role', customPermissions('membership').as('customPermissions')])
    .where('workspaceId', '=', workspaceId)
    .where('personId', '=', id)
    .where('disabledAt', 'is', null)
    .forShare()
    .executeTakeFirst();
  return held && { ...held, permissions: permissionsIn(held.role, held.customPermissions) };
}

async function keyOf(tx: Tx, { workspaceId, id }: SignedIn) {
  const held = await tx
    .selectFrom('apiKey')
    .select(['createdBy as personId', 'role', 'scopes', 'botId', 'labels'])
    .select(customPermissions('api_key').as('customPermissions'))
    .where('workspaceId', '=', workspaceId)
    .where('id', '=', id)
    .where('revokedAt', 'is', null)
    .where('expiresAt', '>', sql<Date>`now()`)
    .forShare()
    .executeTakeFirst();
  return held && { personId: held.personId, ...keyAccess(held) };
}
