import { clsx } from 'clsx';
import type { ButtonHTMLAttributes, ReactNode } from 'react';
import { buttonLook, type Look } from './button-look.ts';

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
        'inline-flex size-8 shrink-0 items-center justify-center rounded-md text-muted transition-colors hover:bg-hover hover:text-text aria-disabled:opacity-40 [&_svg]:size-4',
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
