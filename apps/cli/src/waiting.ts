import type { BotStep } from '@clawster/contract/bot';
import type { OperationStep } from '@clawster/contract/operation';
import { z } from 'zod';
import { stepText } from './bot-text.ts';
import { CliRefusal, exitCodes } from './failure.ts';
import type { Output } from './output.ts';

/** What every command that starts something takes to wait for its end. */
export const waitOptions: [string, string][] = [
  ['--wait', 'wait until it is done, showing each step'],
  ['--timeout <seconds>', 'how long to wait (600)'],
];
export const waitInput = { wait: z.boolean().default(false), timeout: z.coerce.number().positive().default(600) };

export type Waiting = { wait: boolean; timeout: number };

/** Tells each step as it begins, fails or ends: once, however often it is shown. */
export function stepTeller(out: Output): (steps: (BotStep | OperationStep)[]) => void {
  const told = new Set<string>();
  return (steps) => {
    for (const step of steps) {
      const key = `${step.name} ${step.state} ${step.state === 'failed' ? step.detail : ''}`;
      if (step.state === 'waiting' || told.has(key)) continue;
      told.add(key);
      out.note(stepText(step, out));
    }
  };
}

type Wait = {
  /** Ends the waiting, and is told why. */
  signal: AbortSignal;
  seconds: number;
  /** What was not so by then, and what to do. */
  sentence: string;
};

/** Waits for `work`, which heeds the signal it is given; past the time it is refused with the sentence. */
export async function withinSeconds<T>(
  { signal, seconds, sentence }: Wait,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const deadline = AbortSignal.timeout(seconds * 1000);
  try {
    return await work(AbortSignal.any([signal, deadline]));
  } catch (error) {
    if (error instanceof CliRefusal || !deadline.aborted || signal.aborted) throw error;
    throw new CliRefusal(sentence, exitCodes.trouble);
  }
}
