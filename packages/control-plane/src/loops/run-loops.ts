import type { ControlPlane } from '../plane.ts';
import { type Calls, type Loop, loops } from './loops.ts';

export type LoopRunner = {
  /** Runs the loops that listen to one of these nouns at once; what is running runs once more. */
  wake(nouns: string[]): void;
  /** Runs until the signal is aborted; resolves when the last pass has ended. */
  run(plane: ControlPlane, signal: AbortSignal): Promise<void>;
  /** Passes and failures of each loop since the start, and how long its passes took in all. */
  counts(): Record<string, { passes: number; failures: number; seconds: number }>;
  /** The loops whose pass goes on for longer than any may. */
  stuck(): string[];
};

/** Runs each loop every so often and when it is woken, one pass of it at a time. A pass that fails is counted and told, and the next is the retry. */
export function loopRunner(table: Loop[] = loops): LoopRunner {
  const running = table.map((loop) => ({
    loop,
    alarm: alarmClock(),
    passes: 0,
    failures: 0,
    seconds: 0,
    sinceMs: idle,
  }));
  return {
    wake(nouns) {
      for (const { loop, alarm } of running) if (loop.wakesOn.some((noun) => nouns.includes(noun))) alarm.ring();
    },
    async run(plane, signal) {
      await Promise.all(
        running.map(async (state) => {
          while (!signal.aborted) {
            await onePass(plane, state, signal);
            await state.alarm.sleep(state.loop.everyMs, signal);
          }
        }),
      );
    },
    counts: () =>
      Object.fromEntries(
        running.map(({ loop, passes, failures, seconds }) => [loop.name, { passes, failures, seconds }]),
      ),
    stuck: () =>
      running
        .filter(({ loop, sinceMs }) => performance.now() - sinceMs > (loop.passMinutesMax ?? 10) * 60_000)
        .map(({ loop }) => loop.name),
  };
}

/** Began never, so no pass has lasted too long. */
const idle = Infinity;
type State = {
  loop: Loop;
  alarm: ReturnType<typeof alarmClock>;
  passes: number;
  failures: number;
  seconds: number;
  sinceMs: number;
};

async function onePass(plane: ControlPlane, state: State, signal: AbortSignal): Promise<void> {
  state.passes += 1;
  state.sinceMs = performance.now();
  try {
    await state.loop.pass(plane, signal, state.alarm.calls);
  } catch (error) {
    state.failures += 1;
    if (!signal.aborted)
      plane.log('error', `A pass of ${state.loop.name} failed`, {
        error: error instanceof Error ? error.message : String(error),
        failures: state.failures,
      });
  } finally {
    state.seconds += (performance.now() - state.sinceMs) / 1000;
    state.sinceMs = idle;
  }
}

/** A sleep that ends early when it is rung, also when that was before it began. */
function alarmClock() {
  let rung = false;
  let awake = () => {};
  let called = Promise.withResolvers<void>();
  const calls: Calls = {
    next: () => called.promise,
    looking() {
      called = Promise.withResolvers();
    },
  };
  return {
    calls,
    ring() {
      rung = true;
      called.resolve();
      awake();
    },
    async sleep(ms: number, signal: AbortSignal): Promise<void> {
      if (!rung && !signal.aborted) {
        await new Promise<void>((resolve) => {
          const timer = setTimeout(done, ms);
          signal.addEventListener('abort', done, { once: true });
          awake = done;
          function done() {
            clearTimeout(timer);
            signal.removeEventListener('abort', done);
            resolve();
          }
        });
      }
      rung = false;
    },
  };
}
