import type { Operation } from '@clawster/contract/operation';
import { stepText } from './bot-text.ts';
import type { Context } from './command.ts';
import { CliRefusal, exitCodes } from './failure.ts';

type Waiting = { wait: boolean; timeout: number };

const pollMs = 500;

/** The operation as it is or, with `--wait`, once it is over, telling each step as it ends; refused when it was not done. */
export async function ended(
  { client, out, signal }: Pick<Context, 'client' | 'out' | 'signal'>,
  operation: Operation,
  { wait, timeout }: Waiting,
): Promise<Operation> {
  const deadlineMs = Date.now() + timeout * 1000;
  const told = new Set<string>();
  let now = operation;
  while (wait && !now.endedAt) {
    if (Date.now() > deadlineMs)
      throw new CliRefusal(
        `The ${now.kind} was not over within ${timeout} s. It goes on; see: clawster operation show ${now.id}`,
        exitCodes.trouble,
      );
    await new Promise((resolve) => setTimeout(resolve, pollMs));
    now = await client.operations.get({ operationId: now.id }, { signal });
    for (const step of now.steps) {
      const text = stepText(step, out);
      if (step.state === 'waiting' || told.has(`${step.name} ${step.state}`)) continue;
      told.add(`${step.name} ${step.state}`);
      out.note(text);
    }
  }
  if (wait && now.phase !== 'done') throw new CliRefusal(`The ${now.kind} is ${now.phase}: ${now.reason}`);
  return now;
}
