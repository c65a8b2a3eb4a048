import { ProblemError } from '@clawster/client/problem-error';
import { Unreachable } from '@clawster/client/unreachable';
import { CommanderError } from 'commander';
import { z } from 'zod';

/** Done, refused, wrongly used, trouble: what a script can tell apart. */
export const exitCodes = { done: 0, refused: 1, usage: 2, trouble: 3, interrupted: 130 } as const;

/** A sentence of the CLI's own that says why not and what to do. */
export class CliRefusal extends Error {
  readonly exitCode: number;
  constructor(sentence: string, exitCode: number = exitCodes.refused, options?: ErrorOptions) {
    super(sentence, options);
    this.exitCode = exitCode;
  }
}

export type Failure = { exitCode: number; lines: string[]; code: string; issues?: { path: string; message: string }[] };

/** What to tell about an error, and with which exit code. */
export function failureOf(error: unknown): Failure {
  if (error instanceof CliRefusal)
    return {
      exitCode: error.exitCode,
      lines: [error.message],
      code: error.exitCode === exitCodes.trouble ? 'trouble' : 'refused',
    };
  if (error instanceof z.ZodError) return usageFailure(error);
  if (error instanceof ProblemError) return problemFailure(error);
  if (error instanceof Unreachable) return { exitCode: exitCodes.trouble, lines: [error.message], code: 'unreachable' };
  if (error instanceof CommanderError)
    return { exitCode: error.exitCode === 0 ? exitCodes.done : exitCodes.usage, lines: [], code: 'usage' };
  const message = error instanceof Error ? error.message : String(error);
  return {
    exitCode: exitCodes.trouble,
    lines: [`Something went wrong: ${message}`, 'Set CLAWSTER_DEBUG=1 to see where.'],
    code: 'trouble',
  };
}

function usageFailure(error: z.ZodError): Failure {
  const issues = error.issues.map((issue) => ({ path: issue.path.join('.'), message: sayIssue(issue) }));
  return { exitCode: exitCodes.usage, lines: issues.map(lineOf), code: 'usage', issues };
}

/** What zod says where the schema says nothing, in words for people. */
function sayIssue({ message, ...issue }: z.core.$ZodIssue): string {
  if (!message.startsWith('Invalid ')) return message;
  if (issue.code === 'invalid_value') return `Choose one of ${issue.values.map(String).join(', ')}`;
  return message.endsWith('received undefined') ? 'This is missing' : message;
}

function problemFailure(error: ProblemError): Failure {
  const isTrouble = error.code === 'trouble' || error.code === 'unavailable';
  const hint = error.code === 'not-signed-in' ? ['Sign in with: clawster login'] : [];
  const requestId = isTrouble && error.requestId ? [`Request ${error.requestId}: the server's log says more.`] : [];
  const more = error.issues.filter(({ message }) => !error.message.includes(message));
  const lines = [error.message, ...more.map(lineOf), ...hint, ...requestId];
  return {
    exitCode: isTrouble ? exitCodes.trouble : exitCodes.refused,
    lines: [...new Set(lines)],
    code: error.code,
    issues: error.issues,
  };
}

function lineOf({ path, message }: { path: string; message: string }): string {
  return path ? `${path}: ${message}` : message;
}
