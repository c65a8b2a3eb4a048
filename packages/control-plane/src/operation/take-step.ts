import type { OperationStepName } from '@clawster/contract/operation';
import type { ControlPlane } from '../plane.ts';
import type { LeasedOperation } from './lease-operations.ts';
import { checkBackup, importBackup, verifyBackup, writeBackup } from './steps/backup-steps.ts';
import { haltOrphan } from './steps/adopt-steps.ts';
import { copyState } from './steps/copy-state.ts';
import { cleanUp, startBot, stopBot, switchTarget } from './steps/move-steps.ts';

/** One operation, leased, and the signal that ends its step. */
export type Work = { plane: ControlPlane; operation: LeasedOperation; signal: AbortSignal };
/** A step is done or, with `waitMs`, to be looked at again. `detail` is for people. */
export type StepOutcome = { waitMs?: number; detail?: string };

/** What each step does. All may be done again after a crash at any point. */
const doers: Record<OperationStepName, (work: Work) => Promise<StepOutcome>> = {
  write: writeBackup,
  verify: verifyBackup,
  check: checkBackup,
  import: importBackup,
  stop: stopBot,
  halt: haltOrphan,
  copy: copyState,
  switch: switchTarget,
  start: startBot,
  'clean-up': cleanUp,
};

export function takeStep(work: Work, step: OperationStepName): Promise<StepOutcome> {
  return doers[step](work);
}
