import { useSyncExternalStore } from 'react';

/** The token of `#token=…`; empty when there is none, undefined until the browser has looked. */
export function useTokenOfAddress(): string | undefined {
  return useSyncExternalStore(
    watchAddress,
    () => tokenTaken,
    () => undefined,
  );
}

/** Kept here, for it is taken out of the address bar at once so that it stays in no history. */
let tokenTaken: string | undefined;

function watchAddress(changed: () => void): () => void {
  const take = () => {
    const found = new URLSearchParams(window.location.hash.slice(1)).get('token');
    if (found) window.history.replaceState(null, '', window.location.pathname);
    tokenTaken = found ?? tokenTaken ?? '';
    changed();
  };
  take();
  window.addEventListener('hashchange', take);
  return () => window.removeEventListener('hashchange', take);
}
