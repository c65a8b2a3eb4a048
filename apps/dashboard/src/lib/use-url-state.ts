import { usePathname, useSearchParams } from 'next/navigation';
import { useCallback, useEffect, useMemo, useSyncExternalStore } from 'react';

/** Browsers refuse an address that changes with every key pressed. */
const writtenAfterMs = 150;
/** The router takes a written address over within this, or never will. */
const takenOverMsMax = 1_000;

/** What was chosen last and the router has not taken over yet. */
type Ahead = { path: string; search: string };
let ahead: Ahead | undefined;
let timer: ReturnType<typeof setTimeout> | undefined;
const listeners = new Set<() => void>();

export type UrlChange = Record<string, string | null>;
export type SetUrlState = (change: UrlChange, options?: { push?: boolean }) => void;

/**
 * What is in the address after the question mark, as state: a change shows at once and the address follows; null
 * takes a parameter out; with `push` the browser's way back undoes it.
 */
export function useUrlState(): [URLSearchParams, SetUrlState] {
  const path = usePathname();
  const known = useSearchParams().toString();
  const held = useSyncExternalStore(
    watch,
    () => ahead,
    () => undefined,
  );
  useEffect(() => {
    // What was taken back at once equals what the router knows, too, while it still has to take over what came between.
    if (held && held === ahead && held.search === known && isInAddress(held)) hold(undefined);
  }, [held, known]);
  const search = held?.path === path ? held.search : known;
  const params = useMemo(() => new URLSearchParams(search), [search]);
  const set = useCallback<SetUrlState>(
    (change, { push = false } = {}) => {
      hold({ path, search: changed(ahead?.path === path ? ahead.search : window.location.search, change) });
      if (push) write('pushState');
      else writeSoon();
    },
    [path],
  );
  return [params, set];
}

/** The one of these that was asked for; the address may say anything. */
export function oneOf<const Value extends string>(values: readonly Value[], text: string | null): Value | undefined {
  return values.find((value) => value === text);
}

function isInAddress({ search }: Ahead): boolean {
  return new URLSearchParams(window.location.search).toString() === search;
}

function changed(search: string, change: UrlChange): string {
  const params = new URLSearchParams(search);
  for (const [name, value] of Object.entries(change)) {
    if (value === null) params.delete(name);
    else params.set(name, value);
  }
  return params.toString();
}

/** A click may lead to another page, and to write after that would call whoever follows it back: it is written before. */
function writeSoon(): void {
  clearTimeout(timer);
  timer = setTimeout(writeNow, writtenAfterMs);
  window.addEventListener('click', writeNow, { capture: true });
}

function writeNow(): void {
  write('replaceState');
}

function write(how: 'pushState' | 'replaceState'): void {
  clearTimeout(timer);
  window.removeEventListener('click', writeNow, { capture: true });
  // Whoever has left for another page takes nothing along.
  if (!ahead || ahead.path !== window.location.pathname) return hold(undefined);
  window.history[how](null, '', ahead.search ? `${ahead.path}?${ahead.search}` : ahead.path);
  const written = ahead;
  setTimeout(() => (ahead === written ? hold(undefined) : undefined), takenOverMsMax);
}

function watch(listener: () => void): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

function hold(next: Ahead | undefined): void {
  ahead = next;
  for (const listener of listeners) listener();
}
