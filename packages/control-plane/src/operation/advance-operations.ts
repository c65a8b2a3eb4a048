import type { OperationStep, OperationStepName } from '@clawster/contract/operation';
import { backOffMs } from '@clawster/domain/bot/back-off';
import { isBeyondReturn, nextStep } from '@clawster/domain/operation/steps';
import { Refusal } from '@clawster/domain/refusal';
import { sideBySide } from '../loops/side-by-side.ts';
import type { ControlPlane } from '../plane.ts';
import { cancelled, done, failed } from './end-operation.ts';
import {
  CancelAsked,
  type LeasedOperation,
  leaseDueOperations,
  OperationLost,
  whileLeased,
} from './lease-operations.ts';
import { takeStep } from './take-step.ts';
import { giveBack, writeStep } from './write-step.ts';

const atOnceMax = 4;
const lookAgainMs = 500;
/** After as many failures in a row, half a minute altogether, a step is given up. */
const failuresMax = 5;

/** Called between the steps; a test throws there to do what `kill -9` does. */
export type BetweenSteps = (operation: LeasedOperation, step: OperationStepName, when: 'before' | 'after') => void;

/** Carries out what is due, several operations side by side: a long one holds up no other. */
export async function advanceOperations(
  plane: ControlPlane,
  signal: AbortSignal,
  betweenSteps: BetweenSteps = () => {},
): Promise<void> {
  await sideBySide({
    atOnceMax,
    lookAgainMs,
    isOver: () => signal.aborted,
    lease: (room) => leaseDueOperations(plane, room),
    work: (operation) =>
      advance(plane, { operation, signal }, betweenSteps).catch((error: Error) => tell(plane, operation, error)),
  });
}

function tell(plane: ControlPlane, { id, kind }: LeasedOperation, error: Error): void {
  plane.log(error instanceof OperationLost ? 'info' : 'error', `A ${kind} could not be advanced`, {
    operationId: id,
    error: error.message,
  });
}

type Leased = { operation: LeasedOperation; signal: AbortSignal };

/** Takes one step after the other until the operation is over or has to wait. */
async function advance(plane: ControlPlane, leased: Leased, betweenSteps: BetweenSteps): Promise<void> {
  const { operation } = leased;
  for (;;) {
    if (operation.cancelAskedAt && !isBeyondReturn(operation)) return cancelled(plane, operation);
    const step = nextStep(operation.steps);
    if (!step) return done(plane, operation);
    // Written before it begins: from then on nobody may cancel what cannot be taken back.
    if (!(await writeStep(plane, operation, { ...step, state: 'running' }))) continue;
    betweenSteps(operation, step.name, 'before');
    const outcome = await attempt(plane, leased, step);
    if (outcome.next === 'over') return;
    betweenSteps(operation, step.name, 'after');
    if (outcome.next === 'later') return giveBack(plane, operation, { step, ...outcome });
    await writeStep(plane, operation, { ...step, state: 'done', detail: outcome.detail });
    operation.failures = 0;
  }
}

type Attempt =
  | { next: 'go-on'; detail?: string | undefined }
  | { next: 'later'; inMs: number; failures: number; detail?: string | undefined }
  | { next: 'over' };

async function attempt(plane: ControlPlane, leased: Leased, step: OperationStep): Promise<Attempt> {
  const { operation } = leased;
  try {
    return await whileLeased(plane, leased, async (signal): Promise<Attempt> => {
      const { waitMs, detail } = await takeStep({ plane, operation, signal }, step.name);
      return waitMs === undefined
        ? { next: 'go-on', detail }
        : { next: 'later', inMs: waitMs, failures: operation.failures, detail };
    });
  } catch (error) {
    return afterFailure(plane, leased, { step, error });
  }
}

async function afterFailure(
  plane: ControlPlane,
  { operation, signal }: Leased,
  { step, error }: { step: OperationStep; error: unknown },
): Promise<Attempt> {
  const asked = [error, (error as Error).cause].find(
    (one) => one instanceof CancelAsked || one instanceof OperationLost,
  );
  if (asked instanceof OperationLost) throw asked;
  // The server stops: the next one goes on with this very step.
  if (signal.aborted) return { next: 'later', inMs: 0, failures: operation.failures };
  if (asked && !isBeyondReturn(operation)) {
    await cancelled(plane, operation);
    return { next: 'over' };
  }
  const message = error instanceof Error ? error.message : String(error);
  const failures = operation.failures + 1;
  const isLastTry = error instanceof Refusal || failures >= failuresMax;
  // The bot is well where it is now: that it is left where it was, too, does not keep the move from its end.
  if (isLastTry && step.name === 'clean-up') return { next: 'go-on', detail: message };
  const mayGiveUp = operation.kind !== 'move' || !isBeyondReturn(operation);
  if (mayGiveUp && isLastTry) {
    await failed(plane, operation, { step, message });
    return { next: 'over' };
  }
  return { next: 'later', inMs: backOffMs(failures, Math.random()), failures, detail: message };
}
