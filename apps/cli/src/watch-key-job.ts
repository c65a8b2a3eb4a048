import { setTimeout as sleep } from 'node:timers/promises';
import type { KeyJob } from '@clawster/contract/key';
import type { Context } from './command.ts';
import { type Waiting, withinSeconds } from './waiting.ts';

const pollMs = 500;

/** The job as it is or, with `--wait`, once it is over, telling how far it is whenever that changes. */
export async function endedJob(context: JobContext, job: KeyJob, waiting: Waiting): Promise<KeyJob> {
  if (!waiting.wait) return job;
  const sentence = `It was not over within ${waiting.timeout} s. It goes on; see: clawster key list`;
  return withinSeconds({ signal: context.signal, seconds: waiting.timeout, sentence }, (signal) =>
    untilEnded(context, job, signal),
  );
}

type JobContext = Pick<Context, 'client' | 'out' | 'signal'>;

async function untilEnded({ client, out }: JobContext, job: KeyJob, signal: AbortSignal): Promise<KeyJob> {
  let now = job;
  for (let told = ''; !now.endedAt;) {
    const line = jobSentence(now);
    if (line !== told) out.note((told = line));
    await sleep(pollMs, undefined, { signal });
    now = await client.keys.getJob({ jobId: now.id }, { signal });
  }
  return now;
}

const words: Record<KeyJob['kind'], { what: string; ended: string }> = {
  rewrap: { what: 'data keys are wrapped under the current key', ended: 'All data keys are under the current key' },
  reencrypt: { what: 'secrets are encrypted anew', ended: 'All secrets are under a new data key' },
};

/** How far a job is, in a sentence. */
export function jobSentence({ kind, done, left, endedAt, trouble }: KeyJob): string {
  if (endedAt) return `${words[kind].ended} (${done} done).`;
  const progress = `${done} of ${done + left} ${words[kind].what}`;
  return trouble ? `${progress}. It is tried again soon: ${trouble}` : progress;
}
