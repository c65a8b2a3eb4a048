import type { OperationStep } from '@clawster/contract/operation';
import { isBeyondReturn } from '@clawster/domain/operation/steps';
import { sql } from 'kysely';
import { change, keep } from '../change.ts';
import type { ControlPlane } from '../plane.ts';
import { stopIfLost } from './stop-lost-operations.ts';
import type { Tx } from '../transaction.ts';
import { givenBack, type LeasedOperation, lockOurs, ours } from './lease-operations.ts';

/**
 * Keeps how far a step is, and in memory too. False when somebody asked to cancel meanwhile and that is still possible:
 * then the step has not begun. The first step of an operation is told to the workspace.
 */
export async function writeStep(
  plane: ControlPlane,
  operation: LeasedOperation,
  step: OperationStep,
): Promise<boolean> {
  const steps = operation.steps.map((one) => (one.name === step.name ? withTimes(one, step) : one));
  const write = (tx: Tx) => writeSteps(tx, operation, { steps, reason: step.label });
  const begins = operation.phase === 'pending';
  const cancelAskedAt = begins ? await told(plane, operation, write) : await keep(plane, write);
  operation.cancelAskedAt = cancelAskedAt;
  if (cancelAskedAt && !isBeyondReturn(operation) && step.state === 'running') return false;
  operation.steps = steps;
  operation.phase = 'running';
  return true;
}

/** Refused by the row itself when a cancellation came first: beginning a step and cancelling never both happen. */
async function writeSteps(
  tx: Tx,
  operation: LeasedOperation,
  { steps, reason }: { steps: OperationStep[]; reason: string },
): Promise<Date | null> {
  const { cancelAskedAt: asked } = await lockOurs(tx, operation);
  // Asked in this very transaction: no step begins after the commit by which its beginner lost the right.
  const cancelAskedAt = asked ?? (isBeyondReturn(operation) ? null : await stopIfLost(tx, operation));
  const isCancelled = cancelAskedAt !== null && !isBeyondReturn(operation);
  if (!isCancelled)
    await ours(tx, operation)
      .set({ steps: sql`${JSON.stringify(steps)}::jsonb`, phase: 'running', reason })
      .execute();
  return cancelAskedAt;
}

function told<T>(plane: ControlPlane, operation: LeasedOperation, write: (tx: Tx) => Promise<T>): Promise<T> {
  const { workspaceId, id, kind, botId } = operation;
  return change(plane, { workspaceId, job: 'advance-operations' }, async ({ tx, record }) => {
    const written = await write(tx);
    const bot = await tx.selectFrom('bot').select('name').where('id', '=', botId).executeTakeFirstOrThrow();
    await record({
      type: 'operation-phase-changed',
      subjectId: botId,
      subjectName: bot.name,
      detail: { operationId: id, kind, to: 'running' },
    });
    return written;
  });
}

/** Gives the operation back with what its step waits for, or why it failed and is tried again. */
export async function giveBack(
  plane: ControlPlane,
  operation: LeasedOperation,
  later: { step: OperationStep; inMs: number; failures: number; detail?: string | undefined },
): Promise<void> {
  const steps = operation.steps.map((one) =>
    one.name === later.step.name ? { ...one, ...(later.detail ? { detail: later.detail } : {}) } : one,
  );
  await keep(plane, (tx) =>
    ours(tx, operation)
      .set({
        steps: sql`${JSON.stringify(steps)}::jsonb`,
        reason: later.detail ?? later.step.label,
        failures: later.failures,
        ...givenBack(later.inMs),
        // A cancellation that came meanwhile is not to wait.
        reconcileAt: sql<Date>`case when cancel_asked_at is not null then now() else now() + make_interval(secs => ${later.inMs / 1000}) end`,
      })
      .execute(),
  );
}

function withTimes(before: OperationStep, step: OperationStep): OperationStep {
  const now = new Date().toISOString();
  const startedAt = before.startedAt ?? now;
  const { detail, ...rest } = step;
  return {
    ...rest,
    startedAt,
    ...(detail === undefined || step.state === 'running' ? {} : { detail }),
    ...(step.state === 'done' || step.state === 'failed' ? { endedAt: now } : {}),
  };
}
