import { api } from '@clawster/contract/api';
import { Refusal } from '@clawster/domain/refusal';
import { sql } from 'kysely';
import { command } from '../command.ts';
import { readOperation } from './operation.queries.ts';

/** Asks the loop to end an operation and to leave all as it was; refused beyond its point of no return. */
export const cancelOperation = command(api.operations.cancel, async ({ tx, record }, { operationId }) => {
  await tx.selectFrom('operation').select('id').where('id', '=', operationId).forUpdate().execute();
  const operation = await readOperation(tx, operationId);
  if (operation.whyNotCancel) throw new Refusal('refused', operation.whyNotCancel);
  await tx
    .updateTable('operation')
    .set({ cancelAskedAt: sql<Date>`coalesce(cancel_asked_at, now())`, reconcileAt: sql<Date>`now()` })
    .where('id', '=', operationId)
    .execute();
  await record({
    type: 'operation-phase-changed',
    subjectId: operation.botId,
    subjectName: operation.botName,
    detail: { operationId, kind: operation.kind, to: operation.phase, cancelAsked: true },
  });
  return readOperation(tx, operationId);
});
