/** A finding that is known, by what makes it one: the same form of the same version at the same place. */
export type Known = { id: string; key: string; place: string; isOpen: boolean };

export type Comparison<Seen> = {
  /** Not known before, or fixed and back again. */
  opened: Seen[];
  /** Known, and still there. */
  still: { id: string; seen: Seen }[];
  /** Known, and there no more. */
  fixed: string[];
};

/**
 * What a look at a place has changed. A finding at what was not looked through stays as it is: nobody saw that it is gone.
 * One that is `isOpen` may have been dismissed: while it is there it stays so.
 */
export function compareFindings<Seen extends { key: string }>(
  known: readonly Known[],
  seen: readonly Seen[],
  isLeftOut: (place: string) => boolean,
): Comparison<Seen> {
  const byKey = new Map(known.map((one) => [one.key, one]));
  const keys = new Set(seen.map(({ key }) => key));
  return {
    opened: seen.filter(({ key }) => !byKey.get(key)?.isOpen),
    still: seen.flatMap((one) => {
      const before = byKey.get(one.key);
      return before?.isOpen ? [{ id: before.id, seen: one }] : [];
    }),
    fixed: known.filter(({ key, place, isOpen }) => isOpen && !keys.has(key) && !isLeftOut(place)).map(({ id }) => id),
  };
}
