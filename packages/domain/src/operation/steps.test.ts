import { OperationKind, OperationPhase } from '@clawster/contract/operation';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { holdsBot, isBeyondReturn, nextStep, stepsFor, whyNotCancel } from './steps.ts';

const kinds = OperationKind.options;
/** As it is while the step of that number runs. */
const during = (kind: OperationKind, running: number) =>
  stepsFor(kind).map((step, index) => ({
    ...step,
    state: index < running ? ('done' as const) : index === running ? ('running' as const) : ('waiting' as const),
  }));

test.each<[OperationKind, string]>([
  ['backup', 'write verify'],
  ['restore', 'check stop'],
  ['move', 'stop copy'],
  ['clone', 'copy'],
  ['adoption', 'halt copy'],
])('a %s can be cancelled during: %s', (kind, names) => {
  const cancellable = stepsFor(kind).filter(
    (_, index) => whyNotCancel({ kind, phase: 'running', steps: during(kind, index) }) === undefined,
  );
  expect(cancellable.map(({ name }) => name).join(' ')).toBe(names);
});

test('what is over cannot be cancelled, and says how it ended', () => {
  for (const kind of kinds)
    for (const phase of OperationPhase.options.filter((one) => one !== 'pending' && one !== 'running'))
      expect(whyNotCancel({ kind, phase, steps: stepsFor(kind) })).toMatch(
        new RegExp(`^The ${kind} is over.*${phase}`),
      );
});

test('whatever happened, an operation that passed its point of no return never comes back before it', () => {
  fc.assert(
    fc.property(fc.constantFrom(...kinds), fc.nat(5), fc.nat(5), (kind, one, more) => {
      const earlier = isBeyondReturn({ kind, steps: during(kind, one) });
      return !earlier || isBeyondReturn({ kind, steps: during(kind, one + more) });
    }),
  );
});

test('the steps are taken in order, and a failed one is taken again', () => {
  expect(nextStep(stepsFor('move'))?.name).toBe('stop');
  expect(nextStep(during('move', 2))?.name).toBe('switch');
  expect(nextStep([{ state: 'done' }, { state: 'failed' }, { state: 'waiting' }])).toEqual({ state: 'failed' });
  expect(nextStep([{ state: 'done' }])).toBeUndefined();
});

test('a backup lets the bot go on; all else holds it', () => {
  expect(kinds.filter((kind) => !holdsBot(kind))).toEqual(['backup']);
});
