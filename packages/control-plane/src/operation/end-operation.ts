import type { OperationPhase, OperationStep } from '@clawster/contract/operation';
import { doneWords } from '@clawster/domain/operation/done-words';
import { isBeyondReturn } from '@clawster/domain/operation/steps';
import { sql } from 'kysely';
import { removeBackupFile } from '../backup/backup-file.ts';
import { change, type ChangeContext } from '../change.ts';
import { free } from '../loops/lease.ts';
import type { ControlPlane } from '../plane.ts';
import { readAs } from '../query.ts';
import type { Tx } from '../transaction.ts';
import { type LeasedOperation, OperationLost, ours } from './lease-operations.ts';
import { removeCopy } from './remove-copy.ts';
import { whyLost } from './stop-lost-operations.ts';

/** All steps are done; says what could not be cleaned up. */
export function done(plane: ControlPlane, operation: LeasedOperation): Promise<void> {
  const left = operation.steps.find(({ name }) => name === 'clean-up')?.detail;
  return end(plane, operation, { phase: 'done', reason: `${doneWords[operation.kind]}${left ? `. ${left}` : ''}` });
}

/** Ends the operation because somebody asked to; all is left as it was before. */
export async function cancelled(plane: ControlPlane, operation: LeasedOperation): Promise<void> {
  const left = await takeBack(plane, operation);
  const why = await stopReasonOf(plane, operation);
  await end(plane, operation, { phase: 'cancelled', reason: `${why ?? 'Cancelled'}; all is as it was before${left}` });
}

/** Why it was stopped without anybody's asking; undefined when somebody asked. */
function stopReasonOf(plane: ControlPlane, operation: LeasedOperation): Promise<string | undefined> {
  const { workspaceId, id } = operation;
  return readAs(plane, { workspaceId }, async (tx) => {
    const row = await tx
      .selectFrom('operation')
      .select(['stopReason', 'cancelAskedAt'])
      .where('id', '=', id)
      .executeTakeFirst();
    if (row?.stopReason || row?.cancelAskedAt) return row.stopReason ?? undefined;
    // Found out by a step, whose transaction was undone with it.
    return whyLost(tx, operation);
  });
}

/** Ends the operation because a step cannot be done. */
export async function failed(
  plane: ControlPlane,
  operation: LeasedOperation,
  { step, message }: { step: OperationStep; message: string },
): Promise<void> {
  const left = await takeBack(plane, operation);
  const endedAt = new Date().toISOString();
  operation.steps = operation.steps.map((one) =>
    one.name === step.name ? { ...one, state: 'failed', detail: message, endedAt } : one,
  );
  await end(plane, operation, { phase: 'failed', reason: `${message}${left}` });
}

/** Removes what was made so far; says what could not be removed. */
async function takeBack(plane: ControlPlane, operation: LeasedOperation): Promise<string> {
  try {
    const { kind, backupId } = operation;
    if (kind === 'backup' && backupId) await removeBackupFile({ directory: plane.settings.backupsDirectory, backupId });
    if (kind === 'move' && !isBeyondReturn(operation)) await removeCopy(plane, operation, operation.targetId);
    return '';
  } catch (error) {
    plane.log('warn', 'What an operation made could not be removed', {
      operationId: operation.id,
      error: (error as Error).message,
    });
    return '. A copy of its state may be left there';
  }
}

async function end(
  plane: ControlPlane,
  operation: LeasedOperation,
  { phase, reason }: { phase: OperationPhase; reason: string },
): Promise<void> {
  const { workspaceId, id, kind, botId } = operation;
  await change(plane, { workspaceId, job: 'advance-operations' }, async ({ tx, record }) => {
    const written = await ours(tx, operation)
      .set({
        phase,
        reason,
        steps: sql`${JSON.stringify(operation.steps)}::jsonb`,
        endedAt: sql<Date>`now()`,
        ...free,
      })
      .returning('id')
      .executeTakeFirst();
    if (!written) throw new OperationLost();
    if (phase !== 'done' && operation.botIsNew) await giveUpBot(tx, botId);
    if (phase !== 'done' && kind === 'backup') await forgetBackup({ tx, record }, operation);
    await release(tx, operation);
    const bot = await tx.selectFrom('bot').select('name').where('id', '=', botId).executeTakeFirstOrThrow();
    await record({
      type: 'operation-phase-changed',
      subjectId: botId,
      subjectName: bot.name,
      detail: { operationId: id, kind, from: operation.phase, to: phase, reason },
    });
  });
}

/** A worker may have ended between listing a backup and saying that it had; the file is gone, so the row goes too. */
async function forgetBackup(
  { tx, record }: Pick<ChangeContext, 'tx' | 'record'>,
  { backupId, botId }: LeasedOperation,
): Promise<void> {
  if (!backupId) return;
  const kept = await tx
    .deleteFrom('backup')
    .where('id', '=', backupId)
    .returning(['botName', 'createdAt'])
    .executeTakeFirst();
  if (!kept) return;
  await record({
    type: 'backup-deleted',
    subjectId: botId,
    subjectName: kept.botName,
    detail: { backupId, takenAt: kept.createdAt.toISOString() },
  });
}

/** Lets the bot go on as it should; without effect when it was let go before. */
export async function release(tx: Tx, { id, botId }: Pick<LeasedOperation, 'id' | 'botId'>): Promise<void> {
  await tx
    .updateTable('bot')
    .set({ operationId: null, reconcileAt: sql<Date>`now()` })
    .where('id', '=', botId)
    .where('operationId', '=', id)
    .execute();
}

/** A bot that was made for a state it did not get is of no use to anybody. */
async function giveUpBot(tx: Tx, botId: string): Promise<void> {
  await tx
    .updateTable('bot')
    .set({
      spec: sql<Record<string, unknown>>`jsonb_set(spec, '{desired}', '"destroyed"')`,
      generation: sql<number>`generation + 1`,
      stateKeptUntil: sql<Date>`now()`,
    })
    .where('id', '=', botId)
    .execute();
}
