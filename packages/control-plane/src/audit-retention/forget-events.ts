import type { ForgottenMark } from '@clawster/contract/audit-retention';
import { forgottenStatement } from '@clawster/domain/audit/forgotten';
import { Refusal } from '@clawster/domain/refusal';
import { findAuditKey } from '../audit/audit-key.ts';
import { findSeal } from '../audit/audit.queries.ts';
import { change, type ChangeContext, keep } from '../change.ts';
import { databaseNow } from '../database-now.ts';
import type { ControlPlane } from '../plane.ts';
import { systemQuery } from '../query.ts';
import { claimMark, forgetNext, workspacesToForget } from './audit-retention.queries.ts';

type Plane = Pick<ControlPlane, 'db' | 'keys' | 'wake'>;

/**
 * Deletes the events that are older than their workspace keeps them, the events of whole seals at a time. Before that a
 * mark of what goes is recorded and signed, so that a verification tells it from a deletion by somebody else.
 * `asOf`: as if it were then; absent: now.
 */
export async function forgetEvents(plane: Plane, signal: AbortSignal, asOf?: Date): Promise<void> {
  const at = asOf ?? (await systemQuery(plane, databaseNow));
  for (const { workspaceId, isToMark } of await systemQuery(plane, (tx) => workspacesToForget(tx, at))) {
    if (isToMark) await mark(plane, workspaceId, at);
    while (!signal.aborted && (await keep(plane, (tx) => forgetNext(tx, workspaceId))));
  }
}

async function mark(plane: Plane, workspaceId: string, asOf: Date): Promise<void> {
  await change(plane, { workspaceId, job: 'forget-events' }, async ({ tx, record }) => {
    const claimed = await claimMark(tx, workspaceId, asOf);
    if (!claimed) throw markedMeanwhile;
    const detail = await signedMark(tx, plane, { workspaceId, ...claimed });
    await record({ type: 'audit-events-forgotten', detail });
  }).catch((error: unknown) => {
    if (error !== markedMeanwhile) throw error;
  });
}

/** Another replica was first, or somebody wants them kept by now. */
const markedMeanwhile = new Refusal('conflict', 'Nothing is to be marked any more');

type Claimed = { workspaceId: string; number: number; events: number; at: Date };

async function signedMark(tx: ChangeContext['tx'], { keys }: Plane, claimed: Claimed): Promise<ForgottenMark> {
  const { workspaceId, number, events, at } = claimed;
  const seal = await findSeal(tx, workspaceId, number);
  const key = await findAuditKey(tx, keys);
  if (!seal || !key) throw new Error('Events are deleted only while the key of the audit trail is there to sign that');
  const { hash } = seal;
  const signature = key.sign(forgottenStatement({ workspaceId, number, hash }));
  return { number, hash, events, until: at.toISOString(), keyId: key.id, signature };
}
