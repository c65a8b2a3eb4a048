import { setTimeout as sleep } from 'node:timers/promises';
import { backoffMs } from './link/backoff.ts';
import type { Status } from './status.ts';

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

  /** Waits for the time of the next try, or for what comes before it. */
  async untilDue(before: Promise<void>): Promise<void> {
    const over = new AbortController();
    const due = sleep(this.waitMs(), undefined, { signal: over.signal }).catch(() => {});
    await Promise.race([before, due]);
    over.abort();
  }

  /** Counts a failure; the next try comes after `waitMs`, or after a back-off between these two, and not before `atLeastMs`. */
  failed(wait: { waitMs: number } | { firstMs: number; lastMs: number }, atLeastMs = 0): void {
    const waitMs = Math.max(atLeastMs, 'waitMs' in wait ? wait.waitMs : backoffMs(this.#failures, wait));
    this.#failures += 1;
    this.#notBefore = Date.now() + waitMs;
    this.#status.nextTryAt(this.#notBefore);
  }

  /** It works, or works for something else: nothing is waited for. What failed is still counted until it is calm. */
  settle(): void {
    this.#notBefore = 0;
    this.#status.nextTryAt(undefined);
  }

  calm(): void {
    this.#failures = 0;
  }

  forget(): void {
    this.calm();
    this.settle();
  }
}
