/** What of several is done at once: in how many at most, and of whom never two. */
type Gathering<Item> = { atOnceMax: number; keyOf: (item: Item) => string };

/** What came of one of several that were done together. */
export type Outcome<Result> = { result: Result } | { error: unknown };

/**
 * Does for many in one go what each asks for alone. Who comes while nothing is under way is served at once; who comes
 * meanwhile is served with all others who did, so that the more there is to do, the less each costs.
 */
export function together<Item, Result>(
  { atOnceMax, keyOf }: Gathering<Item>,
  work: (items: Item[]) => Promise<Outcome<Result>[]>,
): (item: Item) => Promise<Result> {
  type Waiting = { item: Item; resolve: (result: Result) => void; reject: (error: unknown) => void };
  let waiting: Waiting[] = [];
  let isUnderWay = false;

  async function serve(): Promise<void> {
    isUnderWay = true;
    // Those who come in this turn of the event loop come together.
    await new Promise((resolve) => setImmediate(resolve));
    while (waiting.length > 0) {
      const served = takeNext();
      const outcomes = await work(served.map(({ item }) => item)).catch((error: unknown) =>
        served.map(() => ({ error })),
      );
      for (const [index, { resolve, reject }] of served.entries()) {
        const outcome = outcomes[index] ?? { error: new Error('Nothing was done for this one') };
        if ('result' in outcome) resolve(outcome.result);
        else reject(outcome.error);
      }
    }
    isUnderWay = false;
  }

  /** The first of each key. */
  function takeNext(): Waiting[] {
    const next = new Map<string, Waiting>();
    for (const one of waiting) {
      const key = keyOf(one.item);
      if (next.size < atOnceMax && !next.has(key)) next.set(key, one);
    }
    waiting = waiting.filter((one) => next.get(keyOf(one.item)) !== one);
    return [...next.values()];
  }

  return (item) =>
    new Promise((resolve, reject) => {
      waiting.push({ item, resolve, reject });
      if (!isUnderWay) void serve();
    });
}
