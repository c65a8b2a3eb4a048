import { z } from 'zod';

/**
 * Whether a name or title is what it looks like, on one line: no control characters, which a terminal would obey, none that
 * turn the direction of what follows, and no letters that nobody sees.
 */
export function isLine(text: string): boolean {
  return text.search(unseen) < 0;
}
const unseen = /[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069\u{e0000}-\u{e007f}]/gu;

/** The text as one line, cut where it is too long. */
export function asLine(text: string, max: number): string {
  return text.replaceAll(unseen, ' ').slice(0, max);
}

/** What is told of a text that is none. */
export const notLine = 'Write it on one line, without characters that cannot be seen';

/** A name or a title; `empty` says what belongs there. */
export function line(max: number, empty?: string) {
  return z.string().trim().min(1, empty).max(max).refine(isLine, notLine);
}
