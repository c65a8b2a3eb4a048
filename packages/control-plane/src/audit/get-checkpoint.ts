import { api } from '@clawster/contract/api';
import type { AuditCheckpoint } from '@clawster/contract/audit';
import type { Seal } from '@clawster/domain/audit/seal';
import { Refusal } from '@clawster/domain/refusal';
import { query } from '../query.ts';
import { type AuditKey, lookForAuditKey } from './audit-key.ts';
import { findSeal } from './audit.queries.ts';

/** The signed end of the caller's trail, or its seal of a number. */
export const getCheckpoint = query(api.audit.checkpoint, async ({ tx, caller, plane }, { number }) => {
  const seal = await findSeal(tx, caller.workspaceId, number);
  if (!seal)
    throw new Refusal(
      'not-found',
      number === undefined ? 'Nothing is sealed yet: ask again in a second' : `The trail has no seal ${number}`,
    );
  const { key } = await lookForAuditKey(tx, plane.keys);
  return checkpointOf(seal, key);
});

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
