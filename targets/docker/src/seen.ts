import { gigabytes } from '@clawster/target/gigabytes';
import type { Seen } from '@clawster/target/target';
import type { Known } from './bots.ts';
import { obeyedCopy } from './obeyed-copy.ts';
import { lastLines } from './output.ts';

/** What is to be said of a bot by its container. */
export async function seenOf(known: Known): Promise<Seen> {
  const { container, generation, about } = known;
  const copy = await obeyedCopy(container);
  const what = { generation, ...(copy ? { copy } : {}) };
  if (about.State.Running) return { state: 'running', ...what };
  return { state: 'exited', reason: await exitReason(known), ...what };
}

async function exitReason({ container, about: { State, HostConfig } }: Known): Promise<string> {
  if (State.Status === 'created') return State.Error || 'It was made and not started';
  if (State.OOMKilled) return `It took more than the ${gigabytes(HostConfig.Memory ?? 0)} of memory it may have`;
  if (State.ExitCode === 0) return 'Stopped';
  const [last] = await lastLines(container, 1);
  const code = `It ended with code ${State.ExitCode}`;
  if (last) return `${code}; its last words: ${last.slice(0, 500)}`;
  return State.ExitCode === 137 ? 'It was killed, or its machine restarted' : code;
}
