import { clsx } from 'clsx';
import Link from 'next/link';
import type { ReactNode } from 'react';

type LinkedRowProps = {
  /** Its place among the rows that keys move through; absent: they do not. */
  index: number | undefined;
  href: string;
  title: string;
  /** The title is a name for programs. */
  isCode?: boolean;
  /** Beside the title. */
  marks?: ReactNode;
  /** Below it. */
  about: ReactNode;
  /** At the end of the row. */
  children: ReactNode;
};

/** A row of a list that leads to what it is about, wherever it is clicked. */
export function LinkedRow({ index, href, title, isCode = false, marks, about, children }: LinkedRowProps) {
  const look = isCode ? 'font-mono text-sm break-all' : 'break-words';
  return (
    <li data-row={index} className="relative flex flex-wrap items-center gap-x-6 gap-y-1 px-4 py-3 hover:bg-hover">
      <div className="min-w-0 flex-1 basis-72">
        <p className="flex flex-wrap items-center gap-x-3">
          <Link data-opens href={href} className={clsx('font-medium after:absolute after:inset-0', look)}>
            {title}
          </Link>
          {marks}
        </p>
        <div className="text-sm text-muted">{about}</div>
      </div>
      {children}
    </li>
  );
}
