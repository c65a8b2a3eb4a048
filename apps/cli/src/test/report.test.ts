import { describe, expect, test } from 'vitest';
import { readReport, slowestOf, tallyOf } from './report.ts';

const assertion = (status: string, fullName: string, ...failureMessages: string[]) => ({
  status,
  fullName,
  failureMessages,
});
const file = (assertionResults: ReturnType<typeof assertion>[], over: object = {}) => ({
  name: '/clone/bot.test.ts',
  status: 'passed',
  message: '',
  startTime: 1_000,
  endTime: 5_400,
  assertionResults,
  ...over,
});
const report = (...testResults: ReturnType<typeof file>[]) => {
  const all = testResults.flatMap(({ assertionResults }) => assertionResults);
  const count = (status: string) => all.filter((each) => each.status === status).length;
  return JSON.stringify({ numPassedTests: count('passed'), testResults });
};

const passed = assertion('passed', 'a bot starts');
const failed = assertion(
  'failed',
  'a bot stops',
  '\nAssertionError: expected 1 to be 2\n\n- 1\n+ 2\n    at bot.test.ts:3',
);

describe('a run', () => {
  test.each([
    ['counts what the report counts', report(file([passed, passed, failed])), 1, 2, 1],
    ['that failed is never clean', report(file([passed])), 1, 1, 1],
    ['that never got to report failed', '', 1, 0, 1],
    ['that was interrupted failed', '', null, 0, 1],
    ['without tests is no failure', '', 0, 0, 0],
    ['has a failure for each file that could not be loaded', report(file([], { status: 'failed' })), 1, 0, 1],
  ] as const)('%s', (_, text, exitCode, passes, failures) => {
    const tally = tallyOf(readReport(text), exitCode);
    expect(tally).toMatchObject({ passed: passes, failed: failures });
    expect(tally.failures).toHaveLength(failures);
  });

  test('names what was thrown outside its tests, and fails for it', () =>
    expect(tallyOf(readReport(report(file([passed]))), 1, ['Error: late\n    at bot.ts:3'])).toEqual({
      passed: 1,
      failed: 1,
      failures: ['outside a test: Error: late'],
    }));

  test('names what failed: the file, the test, and why, without where that was thrown', () =>
    expect(tallyOf(readReport(report(file([passed, failed]))), 1).failures).toEqual([
      '/clone/bot.test.ts: a bot stops: AssertionError: expected 1 to be 2 · - 1 · + 2',
    ]));

  test('names a file that could not be loaded', () =>
    expect(
      tallyOf(
        readReport(report(file([], { status: 'failed', message: 'Cannot find module\n    at bot.test.ts:1' }))),
        1,
      ).failures,
    ).toEqual(['/clone/bot.test.ts: Cannot find module']));

  test('tells what took longest, longest first', () =>
    expect(
      slowestOf(readReport(report(file([passed]), file([passed], { name: '/clone/team.test.ts', endTime: 9_000 }))), 1),
    ).toEqual(['8 s /clone/team.test.ts']));
});
