import type { OperationKind } from '@clawster/contract/operation';

/** What is said of an operation that did all it was to do. */
export const doneWords: Readonly<Record<OperationKind, string>> = {
  backup: 'Backed up',
  restore: 'Restored',
  move: 'Moved',
  clone: 'Cloned with its memory',
  adoption: 'Taken over with its memory',
};
