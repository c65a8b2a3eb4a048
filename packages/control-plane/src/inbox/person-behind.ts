import { findKeyById } from '../api-key/key-in-force.ts';
import type { SignedIn } from '../caller.ts';
import type { Tx } from '../transaction.ts';

/** The person who asks, or who made the key that does; undefined when they are gone. */
export async function personBehind(tx: Tx, { kind, id, workspaceId }: SignedIn): Promise<string | undefined> {
  if (kind === 'person') return id;
  return (await findKeyById(tx, workspaceId, id))?.createdBy ?? undefined;
}
