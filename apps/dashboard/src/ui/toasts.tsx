'use client';

import { useSyncExternalStore } from 'react';
import { lazily } from '../lib/lazily.tsx';
import { readToasts, type Toast, watchToasts } from '../lib/toast.ts';

const ToastLine = lazily(() => import('./toast-line.tsx').then((module) => module.ToastLine));
const none: readonly Toast[] = [];

/** What is told in passing: read out, gone by itself, and held for as long as someone points at it. */
export function Toasts() {
  const toasts = useSyncExternalStore(watchToasts, readToasts, () => none);
  return (
    <div
      role="region"
      aria-label="Messages"
      className="pointer-events-none fixed inset-x-2 top-2 z-60 md:inset-x-auto md:top-auto md:bottom-28 md:left-3 md:w-80"
    >
      <ul aria-live="polite" className="space-y-2">
        {toasts.map((toast) => (
          <ToastLine key={toast.id} toast={toast} />
        ))}
      </ul>
    </div>
  );
}
