'use client';

import { CircleAlert, X } from 'lucide-react';
import { useEffect, useRef, useSyncExternalStore } from 'react';
import { forgetToast, readToasts, type Toast, watchToasts } from '../lib/toast.ts';
import { Button, IconButton } from './button.tsx';

const none: readonly Toast[] = [];
const heldForMs = 1_000;

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

function ToastLine({ toast }: { toast: Toast }) {
  const { id, message, isTrouble, action } = toast;
  const line = useRef<HTMLLIElement>(null);
  const staysMs = isTrouble ? 12_000 : action ? 10_000 : 5_000;
  useEffect(() => {
    const leave = () => {
      if (line.current?.parentElement?.matches(':hover, :focus-within')) timer = setTimeout(leave, heldForMs);
      else forgetToast(id);
    };
    let timer = setTimeout(leave, staysMs);
    return () => clearTimeout(timer);
  }, [id, staysMs]);
  return (
    <li
      ref={line}
      className="pointer-events-auto flex items-start gap-2 rounded-lg border border-line bg-raised py-1.5 pr-1.5 pl-3.5 shadow-raised transition-opacity duration-200 starting:opacity-0"
    >
      {isTrouble ? <CircleAlert role="img" aria-label="Trouble:" className="mt-2 size-4 shrink-0 text-bad" /> : null}
      <span className="min-w-0 flex-1 py-1.5 text-sm break-words">{message}</span>
      {action ? (
        <Button
          onClick={() => {
            forgetToast(id);
            action.onClick();
          }}
        >
          {action.label}
        </Button>
      ) : null}
      <IconButton label="Dismiss" onClick={() => forgetToast(id)}>
        <X />
      </IconButton>
    </li>
  );
}
