import { z } from 'zod';
import { parseJson } from '../parse-json.ts';

/** How many checks passed and failed, and which failed: a line each, for who sees only the end of what was printed. */
export type Tally = { passed: number; failed: number; failures: string[] };

const Assertion = z.object({ status: z.string(), fullName: z.string(), failureMessages: z.array(z.string()) });
const File = z.object({
  name: z.string(),
  status: z.string(),
  message: z.string(),
  startTime: z.number(),
  endTime: z.number(),
  assertionResults: z.array(Assertion),
});
const Report = z.object({ numPassedTests: z.int(), testResults: z.array(File) });
type File = z.infer<typeof File>;
type Report = z.infer<typeof Report>;

/** Vitest's JSON report; undefined where a run ended before it could write one. */
export const readReport = (text: string): Report | undefined => parseJson(text, Report);

/** The messages of what was thrown outside any test (test/support/unhandled-reporter.ts); none where nobody wrote them. */
export const readUnhandled = (text: string): string[] => parseJson(text, z.array(z.string())) ?? [];

/**
 * Counts and failures of a report; `unhandled` are the messages of what was thrown outside its tests.
 * A run that failed never counts as clean, whatever the report says.
 */
export function tallyOf(report: Report | undefined, exitCode: number | null, unhandled: string[] = []): Tally {
  const failures = [
    ...(report?.testResults.flatMap(failuresOf) ?? []),
    ...unhandled.map((message) => `outside a test: ${reasonIn(message)}`),
  ];
  if (!report && exitCode !== 0) failures.push('the run ended before it could report');
  if (report && exitCode !== 0 && failures.length === 0)
    failures.push(`the run failed with exit code ${exitCode}, and none of its tests did`);
  // A file that could not be loaded has no tests that could be counted, and is one failure.
  return { passed: report?.numPassedTests ?? 0, failed: failures.length, failures };
}

/** The files that took longest, `count` of them, as lines: seconds and the file. */
export function slowestOf(report: Report | undefined, count: number): string[] {
  return (report?.testResults ?? [])
    .map(({ name, startTime, endTime }) => ({ name, seconds: Math.round((endTime - startTime) / 1_000) }))
    .toSorted((a, b) => b.seconds - a.seconds)
    .slice(0, count)
    .map(({ name, seconds }) => `${seconds} s ${name}`);
}

function failuresOf({ name, status, message, assertionResults }: File): string[] {
  const failed = assertionResults.filter((each) => each.status === 'failed');
  if (failed.length === 0) return status === 'failed' ? [`${name}: ${reasonIn(message)}`] : [];
  return failed.map((each) => `${name}: ${each.fullName}: ${reasonIn(each.failureMessages[0] ?? '')}`);
}

/** Of a message, what says most in least: all before the places it was thrown at, in one line. */
function reasonIn(message: string): string {
  const lines = message.trim().split('\n');
  const end = lines.findIndex((line) => /^\s+at /.test(line));
  const said = lines.slice(0, end < 0 ? lines.length : end).map((line) => line.trim());
  return said.filter(Boolean).join(' · ').slice(0, 500);
}
