import { useSyncExternalStore } from 'react';

const never = () => () => undefined;

/** False while the page is as the server sent it: what is written into it then, nobody listens to, and it would be lost. */
export function useHydrated(): boolean {
  return useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
}
