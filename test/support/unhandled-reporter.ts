import { writeFileSync } from 'node:fs';
import type { SerializedError } from 'vitest';
import type { Reporter } from 'vitest/node';

/**
 * Writes what was thrown outside any test to the file named in `CLAWSTER_UNHANDLED`, as a JSON list of messages, each
 * after the test file that ran: the JSON report says nothing of it.
 */
export default class UnhandledReporter implements Reporter {
  onTestRunEnd(_modules: unknown, errors: readonly SerializedError[]): void {
    const file = process.env['CLAWSTER_UNHANDLED'];
    const messages = errors.map(({ stack, message, VITEST_TEST_PATH: path }) =>
      [path, stack ?? message].filter(Boolean).join(': '),
    );
    if (file) writeFileSync(file, JSON.stringify(messages));
  }
}
