import type { StreamFrame } from './stream-frame.ts';
import { resync } from './stream-frame.ts';

/** One listener's queue. Bounded: one that reads too slowly loses it, and is told once to read everything anew. */
export class Listener {
  readonly workspaceId: string;
  #queue: StreamFrame[] = [];
  #overrun = false;
  #awake: (() => void) | undefined;
  readonly #limit: number;

  constructor(workspaceId: string, limit: number) {
    this.workspaceId = workspaceId;
    this.#limit = limit;
  }

  push(frame: StreamFrame): void {
    if (this.#queue.length >= this.#limit) {
      this.#queue = [];
      this.#overrun = true;
    }
    this.#queue.push(frame);
    this.#awake?.();
  }

  /** Frames in order until the signal; ends rather than throws. */
  async *frames(signal: AbortSignal): AsyncGenerator<StreamFrame> {
    while (!signal.aborted) {
      if (this.#overrun) {
        this.#overrun = false;
        yield resync;
      }
      const next = this.#queue.shift();
      if (next) yield next;
      else await this.#pushed(signal);
    }
  }

  #pushed(signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const wake = () => {
        signal.removeEventListener('abort', wake);
        this.#awake = undefined;
        resolve();
      };
      this.#awake = wake;
      signal.addEventListener('abort', wake, { once: true });
    });
  }
}
