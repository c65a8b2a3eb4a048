import type { Host } from '../host.ts';
import { oneAtATime } from '../one-at-a-time.ts';
import { takenByContainer, type Taken } from './container.ts';

const lookMs = 10_000;

/** Looks at what the bot's own container takes, and tells it beside what it may. Returns how to stop. */
export function watchContainer(
  { workload: { container }, status }: Pick<Host, 'workload' | 'status'>,
  { taken = takenByContainer, now = Date.now } = {},
): { look(): Promise<void>; stop(): void } {
  if (!container) return { look: async () => undefined, stop: () => undefined };
  let before: (Taken & { at: number }) | undefined;
  const look = oneAtATime(async () => {
    const current = await taken();
    if (!current) return;
    const at = now();
    if (before && at > before.at)
      status.container({
        ...container,
        memoryBytes: current.memoryBytes,
        processes: current.processes,
        cpus: ((current.processorSeconds - before.processorSeconds) * 1000) / (at - before.at),
      });
    before = { ...current, at };
  });
  const timer = setInterval(() => void look().catch(() => undefined), lookMs);
  void look().catch(() => undefined);
  return { look, stop: () => clearInterval(timer) };
}
