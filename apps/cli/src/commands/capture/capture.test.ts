import { type CapturePolicy, captureUsual } from '@clawster/contract/capture';
import { expect, test } from 'vitest';
import { cliAt } from '../../testing/cli-at.ts';

const cliWith = () =>
  cliAt({
    'capture.get': () => ({ ...captureUsual, bots: 3 }),
    'capture.set': (policy: CapturePolicy) => ({ ...policy, bots: 3 }),
  });

test('capture show says in sentences what is kept', async () => {
  const { run } = await cliWith();
  const { stdout } = await run(['capture', 'show']);
  expect(stdout).toContain('nothing of what was said is kept');
  expect(stdout).toContain('3 bots keep to it');
});

test('where more is to be kept it asks first, with how many bots that is; without a terminal it wants to be told so', async () => {
  const { run, server } = await cliWith();
  const { code, stderr } = await run(['capture', 'set', '--mode', 'full']);
  expect([code, stderr]).toEqual([2, expect.stringContaining('--yes')]);
  expect((await run(['capture', 'set', '--mode', 'full', '--yes'])).code).toBe(0);
  expect(server.calls.at(-1)?.input).toEqual({ ...captureUsual, mode: 'full' });
});

test('where less is kept it does not ask, and what is not named stays', async () => {
  const { run, server } = await cliWith();
  expect((await run(['capture', 'set', '--mode', 'off', '--keep', '7'])).code).toBe(0);
  expect(server.calls.at(-1)?.input).toEqual({ mode: 'off', keepDays: 7, people: 'pseudonyms' });
});

test('a time that nothing is kept for is refused, and so is nothing to change', async () => {
  const { run } = await cliWith();
  expect((await run(['capture', 'set', '--keep', '8'])).code).toBe(2);
  expect((await run(['capture', 'set'])).code).toBe(2);
});
