import { setTimeout as sleep } from 'node:timers/promises';
import type { Rotation } from '@clawster/contract/rotation';
import type { Context } from './command.ts';
import { CliRefusal } from './failure.ts';
import { waveLine, whatToDo } from './rotation-text.ts';
import { type Waiting, withinSeconds } from './waiting.ts';

const pollMs = 500;

type RotatedContext = Pick<Context, 'client' | 'out' | 'signal'>;

/** The rotation as it is or, with `--wait`, once it is over, telling how its waves move; refused when it was halted. */
export async function rotated(context: RotatedContext, rotation: Rotation, waiting: Waiting): Promise<Rotation> {
  if (!waiting.wait) return rotation;
  const sentence = `The rotation was not over within ${waiting.timeout} s. It goes on; see: clawster rotation show ${rotation.id}`;
  const now = await withinSeconds({ signal: context.signal, seconds: waiting.timeout, sentence }, (signal) =>
    untilStill(context, rotation, signal),
  );
  if (now.phase === 'halted') throw new CliRefusal([`It was halted: ${now.reason}`, ...whatToDo(now)].join('\n'));
  return now;
}

async function untilStill({ client, out }: RotatedContext, begun: Rotation, signal: AbortSignal): Promise<Rotation> {
  let told = '';
  let now = begun;
  for (;;) {
    const line = now.reason ? `${waveLine(now)}. ${now.reason}` : waveLine(now);
    if (line !== told) out.note(line);
    told = line;
    if (now.phase !== 'running') return now;
    await sleep(pollMs, undefined, { signal });
    now = await client.rotations.get({ rotationId: now.id }, { signal });
  }
}

/** What to say of a rotation that was just begun, or waited for. */
export function rotationSentence({ id, secretName, phase, reason, former }: Rotation): string {
  if (phase === 'running') return `${secretName} is being rotated. Follow it: clawster rotation show ${id}`;
  const warning = former && !former.dead ? `\n${former.text}.` : '';
  return `The rotation of ${secretName} is ${phase}: ${reason}${warning}`;
}
