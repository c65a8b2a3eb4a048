import { clsx } from 'clsx';
import Link from 'next/link';
import type { ButtonHTMLAttributes, ComponentProps, ReactNode } from 'react';

type Look = 'primary' | 'plain' | 'quiet' | 'danger';

const looks: Record<Look, string> = {
  primary: 'bg-accent text-accent-text hover:bg-accent-hover border-transparent',
  plain: 'bg-surface text-text border-line-strong hover:bg-hover',
  quiet: 'bg-transparent text-muted border-transparent hover:bg-hover hover:text-text',
  danger: 'bg-surface text-bad border-line-strong hover:bg-bad-soft',
};

/** The classes of a button, for links that look like one. */
export function buttonLook(look: Look = 'plain', extra?: string): string {
  return clsx(
    'inline-flex h-8 shrink-0 items-center justify-center gap-1.5 rounded-md border px-2.5 text-sm font-medium whitespace-nowrap transition-colors',
    'disabled:opacity-60 aria-disabled:opacity-60 aria-disabled:hover:bg-surface [&_svg]:size-4',
    looks[look],
    extra,
  );
}

type ButtonProps = Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'disabled'> & {
  look?: Look;
  busy?: boolean;
  /** Why it cannot be pressed now; it stays reachable, so that the reason can be read. */
  whyNot?: string | undefined;
  icon?: ReactNode;
};

export function Button({
  look,
  busy = false,
  whyNot,
  icon,
  className,
  children,
  onClick,
  type = 'button',
  title,
  ...rest
}: ButtonProps) {
  const off = busy || whyNot !== undefined;
  return (
    <button
      {...rest}
      type={off && type === 'submit' ? 'button' : type}
      className={buttonLook(look, clsx(className, off && 'cursor-not-allowed'))}
      aria-disabled={off || undefined}
      aria-busy={busy || undefined}
      title={whyNot ?? title}
      onClick={off ? (event) => event.preventDefault() : onClick}
    >
      {busy ? <Spinner /> : icon}
      {children}
      <Reason text={whyNot} />
    </button>
  );
}

/** Read out where it cannot be hovered over. */
function Reason({ text }: { text: string | undefined }) {
  return text ? <span className="sr-only">({text})</span> : null;
}

export function ButtonLink({
  look,
  icon,
  className,
  children,
  ...rest
}: ComponentProps<typeof Link> & { look?: Look; icon?: ReactNode }) {
  return (
    <Link {...rest} className={buttonLook(look, className)}>
      {icon}
      {children}
    </Link>
  );
}

export function IconButton({
  label,
  className,
  children,
  ...rest
}: ButtonHTMLAttributes<HTMLButtonElement> & { label: string }) {
  return (
    <button
      type="button"
      {...rest}
      aria-label={label}
      title={rest.title ?? label}
      className={clsx(
        'inline-flex size-8 shrink-0 items-center justify-center rounded-md text-muted transition-colors hover:bg-hover hover:text-text [&_svg]:size-4',
        className,
      )}
    >
      {children}
    </button>
  );
}

export function Spinner({ className }: { className?: string }) {
  return (
    <span
      aria-hidden
      className={clsx(
        'inline-block size-3.5 animate-spin rounded-full border-2 border-current border-r-transparent opacity-80',
        className,
      )}
    />
  );
}
