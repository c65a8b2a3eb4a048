import { CircleAlert, X } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { forgetToast, type Toast } from '../lib/toast.ts';
import { Button, IconButton } from './button.tsx';

const heldForMs = 1_000;

/** One thing that is told in passing. */
export function ToastLine({ toast }: { toast: Toast }) {
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
