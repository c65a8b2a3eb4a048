import { clsx } from 'clsx';

export type Look = 'primary' | 'plain' | 'quiet' | 'danger' | 'quietDanger' | 'alarm';

const looks: Record<Look, string> = {
  primary: 'bg-accent text-accent-text not-aria-disabled:hover:bg-accent-hover border-transparent',
  plain: 'bg-surface text-text border-line-strong not-aria-disabled:hover:bg-hover',
  quiet:
    'bg-transparent text-muted border-transparent not-aria-disabled:hover:bg-hover not-aria-disabled:hover:text-text',
  danger: 'bg-surface text-bad border-line-strong not-aria-disabled:hover:bg-bad-soft',
  quietDanger: 'bg-transparent text-bad border-transparent not-aria-disabled:hover:bg-bad-soft',
  alarm: 'bg-bad text-surface border-transparent not-aria-disabled:hover:bg-bad/85',
};

/** The classes of a button, for links that look like one. */
export function buttonLook(look: Look = 'plain', extra?: string): string {
  return clsx(
    'inline-flex h-8 shrink-0 items-center justify-center gap-1.5 rounded-md border px-2.5 text-sm font-medium whitespace-nowrap transition-colors',
    'disabled:opacity-60 aria-disabled:opacity-60 [&_svg]:size-4',
    looks[look],
    extra,
  );
}
