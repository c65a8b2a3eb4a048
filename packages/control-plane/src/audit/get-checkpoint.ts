import { api } from '@clawster/contract/api';
import type { AuditCheckpoint } from '@clawster/contract/audit';
import type { Seal } from '@clawster/domain/audit/seal';
import { Refusal } from '@clawster/domain/refusal';
import { query } from '../query.ts';
import type { KeyWrapper } from '../secret/key-wrapper.ts';
import type { Tx } from '../transaction.ts';
import { type AuditKey, lookForAuditKey } from './audit-key.ts';
import { findSeal } from './audit.queries.ts';

/** The signed end of the caller's trail, or its seal of a number. */
export const getCheckpoint = query(api.audit.checkpoint, async ({ tx, caller, plane }, { number }) => {
  const checkpoint = await findCheckpoint(tx, plane.keys, { workspaceId: caller.workspaceId, number });
  if (checkpoint) return checkpoint;
  throw number === undefined ? nothingSealed() : new Refusal('not-found', `The trail has no seal ${number}`);
});

/** A workspace whose first events are not settled yet has no end to sign. */
export const nothingSealed = () => new Refusal('not-found', 'Nothing is sealed yet: ask again in a second');

/** The signed end of a workspace's trail, or its seal of a number; undefined when there is none. */
export async function findCheckpoint(
  tx: Tx,
  keys: KeyWrapper,
  { workspaceId, number }: { workspaceId: string; number?: number | undefined },
): Promise<AuditCheckpoint | undefined> {
  const seal = await findSeal(tx, workspaceId, number);
  return seal && checkpointOf(seal, (await lookForAuditKey(tx, keys)).key);
}

/** A seal as it is kept outside. The key is told only with what it signed. */
export function checkpointOf(seal: Seal, key: AuditKey | undefined): AuditCheckpoint {
  const { workspaceId, number, at, hash, keyId, signature } = seal;
  return {
    workspaceId,
    number,
    at,
    hash,
    keyId,
    signature,
    lastEvent: seal.eventIds.at(-1) ?? seal.last.id,
    ...(key?.id === keyId ? { publicKey: key.publicKey } : {}),
  };
}
