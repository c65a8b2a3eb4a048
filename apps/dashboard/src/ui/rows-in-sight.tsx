import type { ReactNode, RefObject } from 'react';

type RowsInSightProps = {
  scroller: RefObject<HTMLDivElement | null>;
  /** As `useRowsInSight` gives them. */
  rows: number[];
  count: number;
  rowHeight: number;
  stale?: boolean;
  /** What a row keeps its place on the screen by; absent while it is not known. */
  keyOf: (index: number) => string | undefined;
  children: (index: number) => ReactNode;
};

/** The body of a long table, which scrolls by itself: only the rows in sight exist, each in its place. */
export function RowsInSight({ scroller, rows, count, rowHeight, stale = false, keyOf, children }: RowsInSightProps) {
  return (
    // A region one can scroll must be reachable by keys.
    <div
      ref={scroller}
      role="rowgroup"
      tabIndex={0}
      aria-label="Rows"
      className={`min-h-0 flex-1 overflow-y-auto bg-surface outline-offset-[-2px] ${stale ? 'opacity-60' : ''}`}
    >
      <div role="presentation" className="relative" style={{ height: count * rowHeight }}>
        {rows.map((index) => (
          <div
            key={keyOf(index) ?? index}
            role="presentation"
            className="absolute inset-x-0"
            style={{ height: rowHeight, transform: `translateY(${index * rowHeight}px)` }}
          >
            {children(index)}
          </div>
        ))}
      </div>
    </div>
  );
}
