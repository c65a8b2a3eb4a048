import type { RefusedEgress } from './egress.ts';

/** Two tellings of the same refusal as one: how often in all, when first and when last. */
export function addRefused(before: RefusedEgress | undefined, one: RefusedEgress): RefusedEgress {
  if (!before) return one;
  const earlier = before.firstAt < one.firstAt ? before : one;
  const later = before.lastAt > one.lastAt ? before : one;
  return { ...later, count: before.count + one.count, firstAt: earlier.firstAt, lastAt: later.lastAt };
}
