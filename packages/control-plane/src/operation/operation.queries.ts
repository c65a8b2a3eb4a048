import { type Operation, OperationStep } from '@clawster/contract/operation';
import { whyNotCancel } from '@clawster/domain/operation/steps';
import { Refusal } from '@clawster/domain/refusal';
import { z } from 'zod';
import { isVisible } from '../is-visible.ts';
import type { Tx } from '../transaction.ts';

/** Whose state an adoption copies: a bot that another Clawster put on the target. */
export const AdoptedOrphan = z.object({ installation: z.string(), botId: z.string() });
export type AdoptedOrphan = z.infer<typeof AdoptedOrphan>;

export function selectOperations(tx: Tx) {
  return tx
    .selectFrom('operation')
    .innerJoin('bot', 'bot.id', 'operation.botId')
    .leftJoin('target', 'target.id', 'operation.targetId')
    .where(isVisible('operation'))
    .selectAll('operation')
    .select(['bot.name as botName', 'target.name as targetName']);
}

type OperationRow = Awaited<ReturnType<ReturnType<typeof selectOperations>['executeTakeFirstOrThrow']>>;

export async function readOperation(tx: Tx, operationId: string): Promise<Operation> {
  const row = await selectOperations(tx).where('operation.id', '=', operationId).executeTakeFirst();
  if (!row) throw new Refusal('not-found', 'There is no such operation in this workspace');
  return toOperation(row);
}

export const stepsIn = (row: { steps: unknown }): OperationStep[] => z.array(OperationStep).parse(row.steps);

export function toOperation(row: OperationRow): Operation {
  const { kind, phase } = row as unknown as Pick<Operation, 'kind' | 'phase'>;
  const steps = stepsIn(row);
  const reason = whyNotCancel({ kind, phase, steps });
  const isOver = row.endedAt !== null;
  return {
    id: row.id,
    kind,
    phase,
    reason: row.reason,
    steps,
    botId: row.botId,
    botName: row.botName,
    cancelAsked: row.cancelAskedAt !== null,
    createdAt: row.createdAt.toISOString(),
    ...(row.backupId ? { backupId: row.backupId } : {}),
    ...(row.targetId ? { targetId: row.targetId } : {}),
    ...(row.targetName ? { targetName: row.targetName } : {}),
    ...(reason ? { whyNotCancel: reason } : {}),
    ...(row.failures > 0 && !isOver ? { nextTryAt: row.reconcileAt.toISOString() } : {}),
    ...(row.endedAt ? { endedAt: row.endedAt.toISOString() } : {}),
  };
}
