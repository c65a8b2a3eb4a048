/** Lets the work on one key run one after the other, and on different keys side by side. */
export function turns(): <T>(key: string, work: () => Promise<T>) => Promise<T> {
  const last = new Map<string, Promise<unknown>>();
  return (key, work) => {
    const before = last.get(key) ?? Promise.resolve();
    const mine = before.catch(() => undefined).then(work);
    last.set(key, mine);
    mine.catch(() => undefined).finally(() => last.get(key) === mine && last.delete(key));
    return mine;
  };
}
