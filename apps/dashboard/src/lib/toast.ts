import { sentenceOf } from './sentence.ts';

export type ToastAction = { label: string; onClick: () => void };
export type Toast = { id: number; message: string; isTrouble: boolean; action?: ToastAction | undefined };

const shownMax = 4;
let toasts: readonly Toast[] = [];
let lastId = 0;
const listeners = new Set<() => void>();

/** Tells in passing; the action is the way back, or on. */
export function tell(message: string, action?: ToastAction): void {
  add({ message, isTrouble: false, action });
}

/** Tells what went wrong and stays longer, for it must be read. */
export function tellTrouble(error: unknown): void {
  add({ message: sentenceOf(error), isTrouble: true });
}

export function forgetToast(id: number): void {
  change(toasts.filter((toast) => toast.id !== id));
}

export function readToasts(): readonly Toast[] {
  return toasts;
}

export function watchToasts(changed: () => void): () => void {
  listeners.add(changed);
  return () => void listeners.delete(changed);
}

function add(toast: Omit<Toast, 'id'>): void {
  lastId += 1;
  change([...toasts, { ...toast, id: lastId }].slice(-shownMax));
}

function change(next: readonly Toast[]): void {
  toasts = next;
  for (const changed of listeners) changed();
}
