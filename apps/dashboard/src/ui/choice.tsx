import { clsx } from 'clsx';
import type { ReactNode } from 'react';

type ChoiceProps = {
  name: string;
  value: string;
  checked: boolean;
  onChoose: () => void;
  title: string;
  children?: ReactNode;
  aside?: ReactNode;
  disabled?: boolean;
};

/** One of several ways, told in a card; a radio button underneath. */
export function Choice({ name, value, checked, onChoose, title, children, aside, disabled = false }: ChoiceProps) {
  return (
    <label
      className={clsx(
        'flex cursor-pointer items-start gap-3 rounded-lg border p-3 transition-colors',
        checked ? 'border-accent bg-accent-soft' : 'border-line hover:bg-hover',
        disabled && 'cursor-not-allowed opacity-60',
      )}
    >
      <input
        type="radio"
        name={name}
        value={value}
        checked={checked}
        onChange={onChoose}
        disabled={disabled}
        className="mt-0.5 size-4 accent-accent"
      />
      <span className="min-w-0 flex-1">
        <span className="block font-medium">{title}</span>
        {children ? <span className="block text-sm text-muted">{children}</span> : null}
      </span>
      {aside ? <span className="text-sm text-muted">{aside}</span> : null}
    </label>
  );
}
