import type { RefObject } from 'react';
import { useHotkey } from './use-hotkey.ts';

type RowKeys = {
  count: number;
  /** The row one is at; -1 before the first. */
  current: number;
  onMove: (index: number) => void;
  scrollTo: (index: number) => void;
  scroller: RefObject<HTMLElement | null>;
};

/** j and k move; Enter opens, for the link that opens the row (`data-opens` within `data-row`) has the focus. */
export function useRowKeys({ count, current, onMove, scrollTo, scroller }: RowKeys): void {
  const move = (step: number) => {
    const next = Math.max(0, Math.min(count - 1, current + step));
    if (count === 0) return;
    onMove(next);
    scrollTo(next);
    focusSoon(() => scroller.current?.querySelector<HTMLAnchorElement>(`[data-row="${next}"] a[data-opens]`));
  };
  useHotkey('j', () => move(1));
  useHotkey('k', () => move(-1));
}

/** Focuses what a list has just scrolled to: a row that was out of sight exists a frame later. */
export function focusSoon(find: () => HTMLElement | null | undefined): void {
  const focus = () => {
    const element = find();
    element?.focus({ preventScroll: true });
    return element;
  };
  if (!focus()) requestAnimationFrame(focus);
}
