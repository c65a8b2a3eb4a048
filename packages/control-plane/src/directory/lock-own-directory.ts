import { whyNotManage } from '@clawster/domain/person/manage';
import { Refusal } from '@clawster/domain/refusal';
import type { SignedIn } from '../caller.ts';
import { standing } from '../person/standing.ts';
import type { Tx } from '../transaction.ts';
import { lockDirectory, type StoredDirectory } from './directory.queries.ts';

/** The directory, for one who may do what who connected it could: whoever has its token acts with that. */
export async function lockOwnDirectory(tx: Tx, caller: SignedIn): Promise<StoredDirectory> {
  // The directory first, as where it asks for something itself: neither waits for the other in a ring.
  const stored = await lockDirectory(tx, caller.workspaceId);
  await standing(tx, caller);
  if (!stored) throw new Refusal('not-found', 'This workspace has no directory: connect one first');
  const reason = whyNotManage(caller, stored.ceiling);
  if (reason) throw new Refusal('forbidden', reason);
  return stored;
}
