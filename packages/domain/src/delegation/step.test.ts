import { delegationStates } from '@clawster/contract/delegation';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Happening, isOver, stepAfter, type Stepping } from './step.ts';

const approved: Stepping = { state: 'approved', attempt: 1, attemptsMax: 2 };
const happens = (kind: Happening['kind'], isRetryable = false): Happening =>
  kind === 'fail' ? { kind, isRetryable } : { kind };

test.each([
  ['what no rule lets through is refused', 'requested', happens('refuse'), 'refused'],
  ['what is held waits for a person', 'requested', happens('hold'), 'held'],
  ['what a person approves goes its way', 'held', happens('approve'), 'approved'],
  ['what nobody decides about expires', 'held', happens('expire'), 'expired'],
  ['what was given to its host waits for its bot', 'approved', happens('deliver'), 'delivered'],
  ['its bot begins', 'delivered', happens('begin'), 'working'],
  ['an end that is heard before the beginning is the end', 'approved', happens('finish'), 'done'],
  ['what fails by no fault of its own is tried again', 'working', happens('fail', true), 'approved'],
  ['what fails by its own fault has failed', 'working', happens('fail'), 'failed'],
  ['what is held is not begun', 'held', happens('begin'), undefined],
  ['what is done stays done', 'done', happens('cancel'), undefined],
  ['what was cancelled is not done after all', 'cancelled', happens('finish'), undefined],
  ['what began is not delivered again', 'working', happens('deliver'), undefined],
] as const)('%s', (_, state, happening, to) => expect(stepAfter({ ...approved, state }, happening)).toBe(to));

test('the last attempt is not followed by another', () =>
  expect(stepAfter({ state: 'working', attempt: 2, attemptsMax: 2 }, happens('fail', true))).toBe('failed'));

const order = ['requested', 'held', 'approved', 'delivered', 'working'];
const happening = fc.oneof(
  fc
    .constantFrom('hold', 'approve', 'refuse', 'deliver', 'begin', 'finish', 'cancel', 'expire')
    .map((kind) => ({ kind }) as Happening),
  fc.boolean().map((isRetryable): Happening => ({ kind: 'fail', isRetryable })),
);

test('whatever happens in whatever order, no step is skipped or done twice, and what is over stays as it is', () =>
  fc.assert(
    fc.property(fc.array(happening, { maxLength: 40 }), fc.integer({ min: 1, max: 5 }), (happenings, attemptsMax) => {
      let at: Stepping = { state: 'requested', attempt: 0, attemptsMax };
      let ends = 0;
      let wasDecided = false;
      for (const each of happenings) {
        const to = stepAfter(at, each);
        if (to === undefined) continue;
        expect(delegationStates).toContain(to);
        expect(isOver(at.state)).toBe(false);
        if (['delivered', 'working', 'done'].includes(to)) expect(wasDecided).toBe(true);
        if (to === 'approved') wasDecided = true;
        // Back to where it is given out only by another attempt, of which there are so many and no more.
        const isBack = order.indexOf(to) <= order.indexOf(at.state) && !isOver(to);
        if (isBack) expect([to, each.kind]).toEqual(['approved', 'fail']);
        if (isOver(to)) ends += 1;
        at = { ...at, state: to, attempt: to === 'delivered' ? at.attempt + 1 : at.attempt };
        expect(at.attempt).toBeLessThanOrEqual(attemptsMax + 1);
      }
      expect(ends).toBeLessThanOrEqual(1);
    }),
    { numRuns: 10_000 },
  ));
