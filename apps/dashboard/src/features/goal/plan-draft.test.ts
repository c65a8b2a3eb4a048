import type { Plan } from '@clawster/contract/goal';
import { expect, test } from 'vitest';
import { freshPlan, freshTask, moved, trimmed, whyNotYet, withMilestone } from './plan-draft.ts';

const task = (key: string, after: string[] = []) => ({ key, title: key, text: `Do ${key}`, after });
const plan = (...tasks: ReturnType<typeof task>[]): Plan => ({ milestones: [{ title: 'First', tasks }] });

const nobody = { members: [] };

test('a plan is put in force once all of it is written and the rules for plans have nothing against it', () => {
  expect(whyNotYet(plan(task('a'), task('b', ['a'])), nobody)).toBeUndefined();
  expect(whyNotYet(freshPlan(), nobody)).toBe('Give milestone 1 a title');
  expect(whyNotYet({ milestones: [{ title: 'First', tasks: [] }] }, nobody)).toBe('First has no task');
  expect(whyNotYet(plan({ ...task('a'), text: ' ' }), nobody)).toBe('Say what is to be done for a');
  expect(whyNotYet({ milestones: [] }, nobody)).toBe('A plan has one milestone at least');
  expect(whyNotYet(plan(task('a', ['a'])), nobody)).toContain('wait for each other');
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
