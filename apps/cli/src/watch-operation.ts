import { setTimeout as sleep } from 'node:timers/promises';
import type { Operation } from '@clawster/contract/operation';
import type { Context } from './command.ts';
import { CliRefusal } from './failure.ts';
import { stepTeller, type Waiting, withinSeconds } from './waiting.ts';

const pollMs = 500;

/** The operation as it is or, with `--wait`, once it is over, telling each step as it ends; refused when it was not done. */
export async function ended(context: EndedContext, operation: Operation, waiting: Waiting): Promise<Operation> {
  if (!waiting.wait) return operation;
  const sentence = `The ${operation.kind} was not over within ${waiting.timeout} s. It goes on; see: clawster operation show ${operation.id}`;
  const now = await withinSeconds({ signal: context.signal, seconds: waiting.timeout, sentence }, (signal) =>
    untilEnded(context, operation, signal),
  );
  if (now.phase !== 'done') throw new CliRefusal(`The ${now.kind} is ${now.phase}: ${now.reason}`);
  return now;
}

type EndedContext = Pick<Context, 'client' | 'out' | 'signal'>;

async function untilEnded(
  { client, out }: EndedContext,
  operation: Operation,
  signal: AbortSignal,
): Promise<Operation> {
  const tell = stepTeller(out);
  let now = operation;
  while (!now.endedAt) {
    await sleep(pollMs, undefined, { signal });
    now = await client.operations.get({ operationId: now.id }, { signal });
    tell(now.steps);
  }
  return now;
}
