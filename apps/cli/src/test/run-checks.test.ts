import { expect, test } from 'vitest';
import { tallyOf } from './run-checks.ts';

const report = (numPassedTests: number, numFailedTests: number) =>
  JSON.stringify({ numPassedTests, numFailedTests, numFailedTestSuites: 0 });

test.each([
  ['counts what the report counts', report(5, 2), 1, { passed: 5, failed: 2 }],
  ['a run that failed is never clean', report(5, 0), 1, { passed: 5, failed: 1 }],
  ['a run that never got to report failed', '', 1, { passed: 0, failed: 1 }],
  ['a run that was interrupted failed', '', null, { passed: 0, failed: 1 }],
  ['no tests at all is no failure', '', 0, { passed: 0, failed: 0 }],
] as const)('%s', (_, text, exitCode, tally) => expect(tallyOf(text, exitCode)).toEqual(tally));
