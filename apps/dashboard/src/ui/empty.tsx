import type { ReactNode } from 'react';

/** What is shown where nothing is yet: what this is for, and the one button to begin. */
export function Empty({
  icon,
  title,
  children,
  action,
}: {
  icon?: ReactNode;
  title: string;
  children?: ReactNode;
  action?: ReactNode;
}) {
  return (
    <div className="flex flex-col items-center px-6 py-14 text-center">
      {icon ? (
        <div
          aria-hidden
          className="mb-3 flex size-11 items-center justify-center rounded-xl bg-accent-soft text-accent [&_svg]:size-5"
        >
          {icon}
        </div>
      ) : null}
      <p className="text-lg font-semibold">{title}</p>
      {children ? <div className="mt-1 max-w-md text-sm text-muted">{children}</div> : null}
      {action ? <div className="mt-4">{action}</div> : null}
    </div>
  );
}
