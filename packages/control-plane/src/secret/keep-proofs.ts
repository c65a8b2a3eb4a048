import type { Report } from '@clawster/link/report';
import { sql } from 'kysely';
import { keep } from '../change.ts';
import type { ControlPlane } from '../plane.ts';

/** Keeps what bots told of the secrets they were given: whether the other side took them. What is known is not written again. */
export async function keepProofs(
  plane: ControlPlane,
  received: readonly { botId: string; report: Pick<Report, 'proofs'> }[],
): Promise<void> {
  const proofs = received.flatMap(({ botId, report }) =>
    (report.proofs ?? []).map(({ secretId, version, ...proof }) => ({
      bot_id: botId,
      secret_id: secretId,
      version,
      proof,
    })),
  );
  if (proofs.length === 0) return;
  // One text for all: the driver writes a list of texts one character after the other.
  const told = JSON.stringify(proofs);
  const changed = await keep(plane, (tx) =>
    sql`update secret_access set proof = told.proof
      from jsonb_to_recordset(${told}::jsonb) as told (bot_id uuid, secret_id text, version int, proof jsonb)
      where secret_access.bot_id = told.bot_id and secret_access.secret_id::text = told.secret_id
        and secret_access.version = told.version and secret_access.proof is distinct from told.proof`.execute(tx),
  );
  if ((changed.numAffectedRows ?? 0n) > 0n) plane.wake(['rotation']);
}
