import { clsx } from 'clsx';
import type { ReactNode } from 'react';

type CheckboxProps = {
  checked: boolean;
  onChange: (checked: boolean) => void;
  children: ReactNode;
  /** Why it cannot be changed; absent when it can. */
  whyNot?: string | undefined;
};

export function Checkbox({ checked, onChange, children, whyNot }: CheckboxProps) {
  return (
    <label className={clsx('flex items-start gap-2 text-sm', whyNot && 'cursor-not-allowed text-muted')} title={whyNot}>
      <input
        type="checkbox"
        className="mt-0.5 size-4 shrink-0 accent-accent"
        checked={checked}
        disabled={whyNot !== undefined}
        onChange={(event) => onChange(event.target.checked)}
      />
      <span>
        {children}
        {whyNot ? <span className="sr-only"> ({whyNot})</span> : null}
      </span>
    </label>
  );
}
