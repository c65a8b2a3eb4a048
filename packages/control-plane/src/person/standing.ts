import { Refusal } from '@clawster/domain/refusal';
import { sql } from 'kysely';
import type { SignedIn } from '../caller.ts';
import type { Tx } from '../transaction.ts';

/**
 * The person who answers for what a caller hands out, asked of the database at this moment and held until the
 * transaction ends: who was removed or demoted a moment ago hands nothing out any more. Undefined when whoever
 * made the key is gone.
 */
export async function standing(tx: Tx, caller: SignedIn): Promise<string | undefined> {
  const held = caller.kind === 'person' ? await membershipOf(tx, caller) : await keyOf(tx, caller);
  if (!held || held.role !== caller.role)
    throw new Refusal('forbidden', 'What you may do was changed a moment ago: try again');
  return held.personId ?? undefined;
}

function membershipOf(tx: Tx, caller: SignedIn) {
  return tx
    .selectFrom('membership')
    .select(['personId', 'role'])
    .where('workspaceId', '=', caller.workspaceId)
    .where('personId', '=', caller.id)
    .where('disabledAt', 'is', null)
    .forShare()
    .executeTakeFirst();
}

function keyOf(tx: Tx, caller: SignedIn) {
  return tx
    .selectFrom('apiKey')
    .select(['createdBy as personId', 'role'])
    .where('workspaceId', '=', caller.workspaceId)
    .where('id', '=', caller.id)
    .where('revokedAt', 'is', null)
    .where('expiresAt', '>', sql<Date>`now()`)
    .forShare()
    .executeTakeFirst();
}
