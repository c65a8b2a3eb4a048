import { Refusal } from '@clawster/domain/refusal';
import { type Access, isAccessWithin } from '@clawster/domain/role/reach';
import { findKeyById } from '../api-key/key-in-force.ts';
import type { SignedIn } from '../caller.ts';
import type { Tx } from '../transaction.ts';
import { accessOf } from './access-of.ts';

/**
 * The person who answers for what a caller hands out, asked of the database at this moment and held until the
 * transaction ends: who was removed or demoted a moment ago hands nothing out any more. Undefined when whoever
 * made the key is gone.
 */
export async function standing(tx: Tx, caller: SignedIn): Promise<string | undefined> {
  const held = caller.kind === 'person' ? await personOf(tx, caller) : await keyOf(tx, caller);
  if (!held || held.access.role !== caller.role || !isAccessWithin(caller, held.access))
    throw new Refusal('forbidden', 'What you may do was changed a moment ago: try again');
  return held.personId ?? undefined;
}

type Held = { personId: string | null; access: Access };

async function personOf(tx: Tx, { workspaceId, id }: SignedIn): Promise<Held | undefined> {
  await holdMember(tx, workspaceId, id);
  const access = (await accessOf(tx, workspaceId, [id])).get(id);
  return access && { personId: id, access };
}

async function keyOf(tx: Tx, { workspaceId, id, onBehalfOf: holder }: SignedIn): Promise<Held | undefined> {
  // Whose key it is comes first, as where their access is ended: neither waits for the other in a ring.
  if (holder?.kind === 'person') await holdMember(tx, workspaceId, holder.id);
  if (holder?.kind === 'service-account')
    await tx.selectFrom('serviceAccount').select('id').where('id', '=', holder.id).forShare().execute();
  await tx.selectFrom('apiKey').select('id').where('id', '=', id).forShare().execute();
  const key = await findKeyById(tx, workspaceId, id);
  return key && { personId: key.createdBy, access: key.access };
}

/** Locked by a statement of its own: what is read after it is what was true when the lock was had. */
async function holdMember(tx: Tx, workspaceId: string, personId: string): Promise<void> {
  await tx
    .selectFrom('membership')
    .select('personId')
    .where('workspaceId', '=', workspaceId)
    .where('personId', '=', personId)
    .forShare()
    .execute();
}
