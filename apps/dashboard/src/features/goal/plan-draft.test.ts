import type { Plan } from '@clawster/contract/goal';
import { expect, test } from 'vitest';
import { freshPlan, freshTask, moved, trimmed, whyNotPlan, withMilestone } from './plan-draft.ts';

const task = (key: string, after: string[] = []) => ({ key, title: key, text: `Do ${key}`, after });
const plan = (...tasks: ReturnType<typeof task>[]): Plan => ({ milestones: [{ title: 'First', tasks }] });

test('a plan is put in force once all of it is written and nothing waits for itself', () => {
  expect(whyNotPlan(plan(task('a'), task('b', ['a'])))).toBeUndefined();
  expect(whyNotPlan(freshPlan())).toBe('Give milestone 1 a title');
  expect(whyNotPlan({ milestones: [{ title: 'First', tasks: [] }] })).toBe('First has no task');
  expect(whyNotPlan(plan({ ...task('a'), text: ' ' }))).toBe('Say what is to be done for a');
  expect(whyNotPlan({ milestones: [] })).toBe('A plan has one milestone at least');
});

test.each([
  ['by itself', plan(task('a', ['a'])), 'a'],
  ['by another', plan(task('a', ['b']), task('b', ['a'])), 'a'],
  ['by many', plan(task('a'), task('b', ['d', 'a']), task('c', ['b']), task('d', ['c'])), 'b'],
])('a task that waits for itself %s is named', (_, circular, title) => {
  expect(whyNotPlan(circular)).toBe(`${title} waits for itself, by what it comes after`);
});

test('what waited for a task that was taken out waits for it no more', () => {
  const both: Plan = {
    milestones: [
      { title: 'First', tasks: [task('a')] },
      { title: 'Second', tasks: [task('b', ['a'])] },
    ],
  };
  expect(withMilestone(both, 0, undefined)).toEqual({ milestones: [{ title: 'Second', tasks: [task('b')] }] });
});

test('a fresh task has a key that no other has', () => {
  expect(freshTask(plan(task('task-2'))).key).toBe('task-3');
});

test('moving keeps all there are, and stops at the ends', () => {
  expect(moved(['a', 'b', 'c'], 0, 2)).toEqual(['b', 'c', 'a']);
  expect(moved(['a', 'b'], 0, -1)).toEqual(['a', 'b']);
  expect(moved(['a', 'b'], 1, 2)).toEqual(['a', 'b']);
});

test('what is empty is not sent', () => {
  const written = plan({ ...task('a'), title: ' a ', dueOn: '', capability: '' } as never);
  expect(trimmed(written)).toEqual(plan(task('a')));
});
