import { type RefObject, useCallback, useEffect, useState } from 'react';

/** Rows beyond the edge, so that a scroll finds them there. */
const spare = 8;
/** Of a list whose height is not known yet. */
const heightGuessed = 800;

type Rows = { count: number; rowHeight: number; scroller: RefObject<HTMLElement | null> };

/** Which rows of equal height are in sight: of ten thousand only these exist. */
export function useRowsInSight({ count, rowHeight, scroller }: Rows) {
  const [{ first, last }, setSight] = useState({ first: 0, last: Math.ceil(heightGuessed / rowHeight) });
  useEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const look = () => {
      const from = Math.max(0, Math.floor(element.scrollTop / rowHeight) - spare);
      const to = Math.ceil((element.scrollTop + element.clientHeight) / rowHeight) + spare;
      setSight((known) => (known.first === from && known.last === to ? known : { first: from, last: to }));
    };
    const watcher = new ResizeObserver(look);
    watcher.observe(element);
    element.addEventListener('scroll', look, { passive: true });
    return () => {
      watcher.disconnect();
      element.removeEventListener('scroll', look);
    };
  }, [scroller, rowHeight]);

  /** Moves no further than it must. */
  const bringIntoSight = useCallback(
    (index: number) => {
      const element = scroller.current;
      if (!element) return;
      const top = index * rowHeight;
      const lowest = top + rowHeight - element.clientHeight;
      if (element.scrollTop > top) element.scrollTo({ top });
      else if (element.scrollTop < lowest) element.scrollTo({ top: lowest });
    },
    [scroller, rowHeight],
  );

  const end = Math.min(count, last);
  const start = Math.min(first, end);
  return { rows: Array.from({ length: end - start }, (_, row) => start + row), bringIntoSight };
}
