import { backoffMs } from './link/backoff.ts';
import type { Status } from './status.ts';

const calmMs = 10 * 60_000;

/** When a failing gateway is tried again: later and later, and told. */
export class Retry {
  readonly #status: Status;
  #failures = 0;
  #notBefore = 0;

  constructor(status: Status) {
    this.#status = status;
  }

  /** How often in a row it failed. */
  get failures(): number {
    return this.#failures;
  }

  get isPending(): boolean {
    return this.#notBefore > 0;
  }

  /** How long the next try has to wait. */
  waitMs(): number {
    return Math.max(this.#notBefore - Date.now(), 0);
  }

  /** Counts a failure; the next try comes after `waitMs`, or after a back-off between these two. */
  failed(wait: { waitMs: number } | { firstMs: number; lastMs: number }): void {
    const waitMs = 'waitMs' in wait ? wait.waitMs : backoffMs(this.#failures, wait);
    this.#failures += 1;
    this.#notBefore = Date.now() + waitMs;
    this.#status.nextTryAt(this.#notBefore);
  }

  /** It works, or works for something else: nothing is waited for. What failed is still counted until it is calm. */
  settle(): void {
    this.#notBefore = 0;
    this.#status.nextTryAt(undefined);
  }

  /** It works. Once it has worked for a while, what failed before no longer counts. */
  proven(lasts: () => boolean): void {
    this.settle();
    setTimeout(() => {
      if (lasts()) this.#failures = 0;
    }, calmMs).unref();
  }

  forget(): void {
    this.#failures = 0;
    this.settle();
  }
}
