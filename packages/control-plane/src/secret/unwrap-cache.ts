import { createHash } from 'node:crypto';
import { KeyTrouble, type Wrapped } from './key-driver.ts';

/** Long enough that reading secrets is no traffic, short enough that a key that was disabled is soon felt. */
export const freshMs = 5 * 60_000;
/** For how long what was opened before goes on while the key's service cannot be reached. */
export const staleMs = 60 * 60_000;
const entriesMax = 2_000;

type Entry = { key: Buffer; openedAt: number };

/** Opens wrapped keys and remembers them in memory for a while; a service that is away does not take away what it opened. */
export class UnwrapCache {
  readonly #entries = new Map<string, Entry>();
  readonly #now: () => number;

  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  async open(wrapped: Wrapped, boundTo: string, unwrap: () => Promise<Buffer>): Promise<Buffer> {
    const name = nameOf(wrapped, boundTo);
    const kept = this.#entries.get(name);
    if (kept && this.#now() - kept.openedAt < freshMs) return Buffer.from(kept.key);
    try {
      const key = await unwrap();
      this.#keep(name, key);
      return key;
    } catch (error) {
      const isAway = error instanceof KeyTrouble && error.reason === 'unreachable';
      if (isAway && kept && this.#now() - kept.openedAt < staleMs) return Buffer.from(kept.key);
      this.#forget(name);
      throw error;
    }
  }

  /** Overwrites all that is remembered. */
  clear(): void {
    for (const name of this.#entries.keys()) this.#forget(name);
  }

  #keep(name: string, key: Buffer): void {
    this.#forget(name);
    for (const [oldest, { openedAt }] of this.#entries) {
      if (this.#entries.size < entriesMax && this.#now() - openedAt < staleMs) break;
      this.#forget(oldest);
    }
    this.#entries.set(name, { key: Buffer.from(key), openedAt: this.#now() });
  }

  #forget(name: string): void {
    this.#entries.get(name)?.key.fill(0);
    this.#entries.delete(name);
  }
}

/** A key that is wrapped anew has another name here, so the old one is never answered for it. */
function nameOf({ kekId, wrapped }: Wrapped, boundTo: string): string {
  return createHash('sha256')
    .update(JSON.stringify([kekId, boundTo]))
    .update(wrapped)
    .digest('base64');
}
