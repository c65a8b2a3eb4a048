import { setTimeout as sleep } from 'node:timers/promises';

type Work = {
  /** Does not throw. */
  step: () => Promise<void>;
  /** Until it is time for another step; at the latest when it is `woken`. */
  rest: (woken: Promise<void>) => Promise<void>;
};

/** Takes one step after another, never two at once, until it is ended. */
export class StepLoop {
  #wake = Promise.withResolvers<void>();
  #next = Promise.withResolvers<void>();
  #isOver = false;
  readonly #ended: Promise<void>;

  constructor(work: Work) {
    this.#ended = this.#run(work);
  }

  wake(): void {
    this.#wake.resolve();
  }

  /** Resolves with the first step that begins after now, and so knows of all that is true by now; or after `waitMs`. */
  async heeded(waitMs?: number): Promise<void> {
    const { promise } = this.#next;
    await (waitMs === undefined ? promise : Promise.race([promise, sleep(waitMs, undefined, { ref: false })]));
  }

  /** Takes no further step; resolves with the one under way. */
  async end(): Promise<void> {
    this.#isOver = true;
    this.wake();
    await this.#ended;
  }

  async #run({ step, rest }: Work): Promise<void> {
    while (!this.#isOver) {
      this.#wake = Promise.withResolvers();
      const { resolve } = this.#next;
      this.#next = Promise.withResolvers();
      await step();
      resolve();
      if (!this.#isOver) await rest(this.#wake.promise);
    }
    this.#next.resolve();
  }
}
