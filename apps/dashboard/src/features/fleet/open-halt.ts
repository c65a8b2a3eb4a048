import type { ListedBot } from '@clawster/contract/bot';

const name = 'clawster:halt';

/** Asks for the emergency stop from anywhere: of these bots, or of all. Its code is fetched when it is wanted. */
export function openHalt(bots?: readonly ListedBot[]): void {
  window.dispatchEvent(new CustomEvent(name, { detail: bots ?? [] }));
}

export function onHaltAsked(open: (bots: readonly ListedBot[]) => void): () => void {
  const listener = (event: Event) => open((event as CustomEvent<readonly ListedBot[]>).detail);
  window.addEventListener(name, listener);
  return () => window.removeEventListener(name, listener);
}
