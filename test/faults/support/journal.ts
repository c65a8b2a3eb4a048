import { appendFileSync } from 'node:fs';
import { ProblemError } from '@clawster/client/problem-error';
import { Unreachable } from '@clawster/client/unreachable';
import type { Line, Verb } from '../history/history.ts';

/** Everything a run's clients asked for, as lines of a file and in memory. */
export type Journal = {
  lines: Line[];
  /** Does one command and writes down what became of it; returns the outcome. */
  ask(
    about: { verb: Verb; bot: string; value?: string },
    work: (signal: AbortSignal) => Promise<unknown>,
  ): Promise<Line>;
};

/** A client that waits longer than this no longer knows. */
const patienceMs = 6_000;

export function openJournal(file: string): Journal {
  const lines: Line[] = [];
  let last = 0;
  const write = (line: Line) => {
    lines.push(line);
    appendFileSync(file, `${JSON.stringify(line)}\n`);
    return line;
  };
  return {
    lines,
    async ask(about, work) {
      const id = (last += 1);
      write({ ...about, id, at: Date.now(), type: 'invoke' });
      try {
        await work(AbortSignal.timeout(patienceMs));
        return write({ ...about, id, at: Date.now(), type: 'ok' });
      } catch (error) {
        // What goes wrong in the client itself is a bug of the suite, and no history.
        if (!isAnswer(error)) throw error;
        const type = didNothing(error) ? 'fail' : 'info';
        return write({ ...about, id, at: Date.now(), type, why: error.message });
      }
    },
  };
}

function isAnswer(error: unknown): error is Error {
  return (
    error instanceof ProblemError ||
    error instanceof Unreachable ||
    (error as Error | undefined)?.name === 'TimeoutError'
  );
}

/** A refusal is a promise that nothing happened, and so is a connection that never was; all else is unknown. */
function didNothing(error: Error): boolean {
  if (error instanceof ProblemError) return error.status < 500;
  // Asked twice, it may have taken effect when it was cut off, though nobody listened the second time.
  const tries = error.cause instanceof AggregateError ? error.cause.errors : [error.cause];
  return tries.every((one) => (one as { cause?: { code?: string } } | undefined)?.cause?.code === 'ECONNREFUSED');
}
