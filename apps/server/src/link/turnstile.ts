/** Lets so many through at once; the others wait for their turn in the order they came, but not for ever. */
export type Turnstile = {
  /** Whether one's turn came in time; who has it gives it back with `leave`. */
  enter(): Promise<boolean>;
  leave(): void;
};

export function turnstile(atOnceMax: number, waitMs: number): Turnstile {
  let inside = 0;
  const waiting = new Set<(hasTurn: boolean) => void>();
  return {
    async enter() {
      if (inside < atOnceMax) {
        inside += 1;
        return true;
      }
      const { promise, resolve } = Promise.withResolvers<boolean>();
      waiting.add(resolve);
      const timer = setTimeout(() => {
        if (waiting.delete(resolve)) resolve(false);
      }, waitMs);
      return promise.finally(() => clearTimeout(timer));
    },
    leave() {
      const [next] = waiting;
      if (!next) {
        inside -= 1;
        return;
      }
      waiting.delete(next);
      next(true);
    },
  };
}
