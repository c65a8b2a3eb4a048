import { useMemo, useSyncExternalStore } from 'react';

/** The time, renewed every so often; the server renders with it once and the browser goes on. */
export function useNow(everyMs = 15_000): number {
  const clock = useMemo(() => clockOf(everyMs), [everyMs]);
  return useSyncExternalStore(clock.subscribe, clock.read, clock.read);
}

function clockOf(everyMs: number) {
  let now = Date.now();
  return {
    read: () => now,
    subscribe(changed: () => void) {
      const tick = () => {
        now = Date.now();
        changed();
      };
      tick();
      const timer = setInterval(tick, everyMs);
      return () => clearInterval(timer);
    },
  };
}
