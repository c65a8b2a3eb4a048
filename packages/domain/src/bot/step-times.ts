import type { BotStep } from '@clawster/contract/bot';

/** Keeps when each step began and ended from one look to the next; a step that begins anew begins now. */
export function withTimes(before: BotStep[], steps: BotStep[], now: Date): BotStep[] {
  return steps.map((step) => {
    const earlier = before.find((one) => one.name === step.name);
    if (step.state === 'waiting') return step;
    const startedAt = step.startedAt ?? startBefore(earlier, step) ?? now.toISOString();
    if (!ended(step)) return { ...step, startedAt };
    const endedAt = step.endedAt ?? (earlier && ended(earlier) ? earlier.endedAt : undefined) ?? now.toISOString();
    return { ...step, startedAt, endedAt };
  });
}

function startBefore(earlier: BotStep | undefined, step: BotStep): string | undefined {
  if (!earlier || earlier.state === 'waiting') return undefined;
  const beganAnew = ended(earlier) && !ended(step);
  return beganAnew ? undefined : earlier.startedAt;
}

function ended({ state }: BotStep): boolean {
  return state === 'done' || state === 'failed';
}
