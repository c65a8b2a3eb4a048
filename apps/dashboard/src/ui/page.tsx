import type { ReactNode } from 'react';

type PageProps = { title: string; lead?: ReactNode; actions?: ReactNode; children: ReactNode };

/** A page with its heading and the actions that belong to all of it. */
export function Page({ title, lead, actions, children }: PageProps) {
  return (
    <div className="mx-auto w-full max-w-6xl px-4 py-5 sm:px-6 lg:px-8">
      <header className="mb-5 flex min-h-9 flex-wrap items-start justify-between gap-x-4 gap-y-2">
        <div>
          <h1 className="text-xl font-semibold tracking-tight">{title}</h1>
          {lead ? <p className="text-sm text-muted">{lead}</p> : null}
        </div>
        {actions ? <div className="flex flex-wrap items-center gap-2">{actions}</div> : null}
      </header>
      {children}
    </div>
  );
}

export function Card({
  title,
  actions,
  children,
  flush = false,
}: {
  title?: string;
  actions?: ReactNode;
  children: ReactNode;
  flush?: boolean;
}) {
  return (
    <section className="rounded-lg border border-line bg-surface" aria-label={title}>
      {title ? (
        <div className="flex min-h-11 items-center justify-between gap-2 border-b border-line px-4 py-1.5">
          <h2 className="text-sm font-semibold">{title}</h2>
          {actions}
        </div>
      ) : null}
      <div className={flush ? '' : 'p-4'}>{children}</div>
    </section>
  );
}

export function Skeleton({ className }: { className?: string }) {
  return <span aria-hidden className={`skeleton block ${className ?? 'h-4 w-full'}`} />;
}

/** The rows of a list until they are known. */
export function RowsWaiting({ rows = 3 }: { rows?: number }) {
  return Array.from({ length: rows }, (_, at) => (
    <li key={at} className="flex h-[4.25rem] items-center px-4">
      <Skeleton className="h-4 w-1/2" />
    </li>
  ));
}

/** A query that failed: what happened and the way to try again; what was seen before stays on the screen. */
export function Trouble({ message, retry }: { message: string; retry?: () => void }) {
  return (
    <div
      role="alert"
      className="flex flex-wrap items-center justify-between gap-3 rounded-lg border border-bad/30 bg-bad-soft px-4 py-3 text-sm text-bad"
    >
      <span>{message}</span>
      {retry ? (
        <button type="button" className="font-medium underline underline-offset-2" onClick={retry}>
          Try again
        </button>
      ) : null}
    </div>
  );
}
