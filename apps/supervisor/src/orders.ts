import type { Configure } from '@clawster/link/supervisor-methods';

export const pausedSentence = 'Paused: it takes no turns until it is resumed';
const haltedSentence = 'Stopped by the emergency stop';

/** What the control plane wants of the bot: the last configuration, unless an emergency stop came after it. */
export class Orders {
  #wanted: Configure | undefined;
  #halted: 'pause' | 'stop' | undefined;

  get wanted(): Configure | undefined {
    return this.#wanted;
  }

  /** Takes a configuration over. Told again what was in force when the emergency stop was given is no word against it. */
  take(wanted: Configure): void {
    if (this.#wanted && wanted.generation > this.#wanted.generation) this.#halted = undefined;
    this.#wanted = wanted;
  }

  halt(mode: 'pause' | 'stop'): void {
    this.#halted = mode;
  }

  desired(): Configure['desired'] | undefined {
    if (this.#halted) return this.#halted === 'stop' ? 'stopped' : 'paused';
    return this.#wanted?.desired;
  }

  whyNoTurns(): string | undefined {
    return this.desired() === 'paused' ? pausedSentence : undefined;
  }

  whyStopped(): string {
    return this.#halted ? haltedSentence : 'Stopped, as asked';
  }
}
