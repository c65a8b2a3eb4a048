import type { Operation, OperationKind, OperationStep, OperationStepName } from '@clawster/contract/operation';

const labels: Record<OperationStepName, string> = {
  write: 'Copy and encrypt its state',
  verify: 'Read the backup back',
  check: 'Check the backup',
  stop: 'Stop the bot',
  halt: 'End it where it runs for the other Clawster',
  import: 'Put the state in place',
  copy: 'Copy its state',
  switch: 'Change the target',
  start: 'Start the bot',
  'clean-up': 'Remove it from where it was',
};

const ways: Record<OperationKind, OperationStepName[]> = {
  backup: ['write', 'verify'],
  restore: ['check', 'stop', 'import', 'start'],
  move: ['stop', 'copy', 'switch', 'start', 'clean-up'],
  clone: ['copy', 'start'],
  adoption: ['halt', 'copy', 'start'],
};

/** The steps of an operation, in order, none begun yet. */
export function stepsFor(kind: OperationKind): OperationStep[] {
  return ways[kind].map((name) => ({ name, label: labels[name], state: 'waiting' }));
}

/** The step that changes what cannot be changed back: from its beginning on, an operation goes on to its end. */
const pointOfNoReturn: Partial<Record<OperationKind, OperationStepName>> = {
  restore: 'import',
  move: 'switch',
  clone: 'start',
  adoption: 'start',
};

type Progress = Pick<Operation, 'kind' | 'phase'> & { steps: Pick<OperationStep, 'name' | 'state'>[] };

/** Why this operation cannot be cancelled as it is, or undefined when it can. */
export function whyNotCancel({ kind, phase, steps }: Progress): string | undefined {
  if (phase !== 'pending' && phase !== 'running') return `The ${kind} is over already: it is ${phase}`;
  return isBeyondReturn({ kind, steps }) ? `The ${kind} has passed its point of no return: let it end` : undefined;
}

/** Whether the step that cannot be taken back has begun. */
export function isBeyondReturn({ kind, steps }: Pick<Progress, 'kind' | 'steps'>): boolean {
  const point = steps.findIndex(({ name }) => name === pointOfNoReturn[kind]);
  return point >= 0 && steps.slice(point).some(({ state }) => state !== 'waiting');
}

/** The step to take now; undefined when all are done. */
export function nextStep<Step extends Pick<OperationStep, 'state'>>(steps: Step[]): Step | undefined {
  return steps.find(({ state }) => state !== 'done');
}

/** Whether a bot must stand still for this operation, at the latest when its state is written. */
export function holdsBot(kind: OperationKind): boolean {
  return kind !== 'backup';
}
