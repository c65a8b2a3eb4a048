const windowMs = 10 * 60_000;
const crashesMin = 4;

/** Recognises a gateway that ends over and over: one end is an accident, several in a short time are a loop. */
export class CrashLoop {
  #at: number[] = [];

  /** Counts an end; returns what to say of it once it is one of many. */
  note(now: number): string | undefined {
    this.#at = [...this.#at.filter((at) => now - at < windowMs), now];
    if (this.#at.length < crashesMin) return undefined;
    const minutes = Math.max(1, Math.round((now - (this.#at[0] ?? now)) / 60_000));
    return `Crashed ${this.#at.length} times in ${minutes === 1 ? 'a minute' : `${minutes} minutes`}`;
  }

  /** It lasted, or is to be something else: what was is no longer held against it. */
  forget(): void {
    this.#at = [];
  }
}
