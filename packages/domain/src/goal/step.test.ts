import type { TaskState } from '@clawster/contract/goal';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isReached, stepTasks, taskAfter, type TaskFacts } from './step.ts';

const task = (key: string, state: TaskState, ...after: string[]): TaskFacts => ({
  key,
  title: key,
  state,
  after,
  wasAsked: ['open', 'done', 'failed'].includes(state),
});
const stepsOf = (...tasks: TaskFacts[]) => stepTasks(tasks).map(({ key, to }) => `${key} ${to}`);

test.each([
  ['what waits for nothing is ready', [task('a', 'planned')], ['a ready']],
  ['what waits for something open waits on', [task('a', 'open'), task('b', 'planned', 'a')], []],
  ['what waits for what is done is ready', [task('a', 'done'), task('b', 'planned', 'a')], ['b ready']],
  ['what was left out is waited for no more', [task('a', 'cancelled'), task('b', 'planned', 'a')], ['b ready']],
  [
    'what waits for what failed is blocked, and what waits for that too, in whatever order they stand',
    [task('c', 'planned', 'b'), task('b', 'planned', 'a'), task('a', 'failed')],
    ['b blocked', 'c blocked'],
  ],
  [
    'what was blocked by it goes on once that goes on',
    [task('a', 'open'), task('b', 'blocked', 'a'), task('c', 'blocked', 'b')],
    ['b planned', 'c planned'],
  ],
  ['what was refused stays blocked', [{ ...task('a', 'blocked'), wasAsked: true }], []],
  ['what is ready is ready once', [task('a', 'ready')], []],
] as const)('%s', (_, tasks, steps) => expect(stepsOf(...tasks).toSorted()).toEqual([...steps]));

test.each([
  ['done', 'done'],
  ['failed', 'failed'],
  ['refused', 'blocked'],
  ['expired', 'blocked'],
  ['cancelled', 'blocked'],
] as const)('a task whose delegation is %s is %s', (over, to) => expect(taskAfter(over, 'x').to).toBe(to));

test('a goal is reached when something is done and nothing is left, and not while it is paused', () => {
  expect(isReached('active', [task('a', 'done'), task('b', 'cancelled')])).toBe(true);
  expect(isReached('active', [task('a', 'cancelled')])).toBe(false);
  expect(isReached('active', [task('a', 'done'), task('b', 'failed')])).toBe(false);
  expect(isReached('paused', [task('a', 'done')])).toBe(false);
});

/** A plan in which a task waits for some of those before it, and what comes of each attempt. */
const story = fc.array(fc.array(fc.nat(30), { maxLength: 4 }), { minLength: 1, maxLength: 12 }).chain((waits) =>
  fc.record({
    tasks: fc.constant(
      waits.map((before, at) => task(`t${at}`, 'planned', ...(at === 0 ? [] : before.map((one) => `t${one % at}`)))),
    ),
    outcomes: fc.array(fc.constantFrom('done', 'failed', 'expired', 'refused', 'cancelled'), {
      minLength: 60,
      maxLength: 60,
    }),
    picks: fc.array(fc.nat(1_000), { minLength: 60, maxLength: 60 }),
  }),
);

test('whatever comes of tasks in whatever order, none is given out twice, nor before those it waits for', () =>
  fc.assert(
    fc.property(story, ({ tasks: plan, outcomes, picks }) => {
      let tasks = plan;
      const given = new Set<string>();
      for (const [at, outcome] of outcomes.entries()) {
        for (const { key, to } of stepTasks(tasks)) tasks = moved(tasks, key, to);
        expect(stepTasks(tasks)).toEqual([]);
        for (const { key, after } of tasks.filter(({ state }) => state === 'ready')) {
          expect(given.has(key)).toBe(false);
          for (const before of after) expect(['done', 'cancelled']).toContain(stateOf(tasks, before));
          given.add(key);
          tasks = moved(tasks, key, 'open');
        }
        const open = tasks.filter(({ state }) => state === 'open');
        const over = open[(picks[at] ?? 0) % Math.max(1, open.length)];
        if (over) tasks = moved(tasks, over.key, taskAfter(outcome, '').to);
      }
      // With nothing under way, what is left is stuck or waits for what is.
      for (const { key, to } of stepTasks(tasks)) tasks = moved(tasks, key, to);
      if (tasks.some(({ state }) => state === 'open')) return;
      for (const { state } of tasks) expect(['done', 'failed', 'blocked', 'ready']).toContain(state);
    }),
    { numRuns: 500 },
  ));

const stateOf = (tasks: readonly TaskFacts[], key: string) => tasks.find((one) => one.key === key)?.state;
const moved = (tasks: readonly TaskFacts[], key: string, state: TaskState) =>
  tasks.map((one) =>
    one.key === key ? { ...one, state, wasAsked: one.wasAsked || ['open', 'done', 'failed'].includes(state) } : one,
  );
