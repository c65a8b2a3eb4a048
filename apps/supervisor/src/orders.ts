import type { Configure } from '@clawster/link/supervisor-methods';
import type { GatewayState } from '@clawster/link/report';
import { withKnownGood, type KnownGood } from './gateway/known-good.ts';

export const pausedSentence = 'Paused: it takes no turns until it is resumed';
const haltedSentence = 'Stopped by the emergency stop';

/** A configuration that turned out bad, and the good one that stands in for it. */
type Refusal = { generation: number; restartCount: number; sentence: string; good: KnownGood };

export type HoldBy = 'disk' | 'repair' | 'disconnect';
/** Why the gateway is not to run just now whatever is wanted, and how that is told. */
export type Hold = { sentence: string; state: 'failed' | 'stopping' };

/** What the control plane wants of the bot: the last configuration, unless it turned out bad or an emergency stop came after it. */
export class Orders {
  #asked: Configure | undefined;
  #wanted: Configure | undefined;
  #refusal: Refusal | undefined;
  readonly #standIns = new WeakSet<Configure>();
  #halted: 'pause' | 'stop' | undefined;
  /** What was in force when the emergency stop was given; undefined while that is not known. */
  #haltedAt: number | undefined;
  readonly #holds = new Map<HoldBy, Hold>();

  /** What the bot is to be: as asked, or with the last configuration that is known to be good. */
  get wanted(): Configure | undefined {
    return this.#wanted;
  }

  /**
   * Takes a configuration over. Told again what was in force when the emergency stop was given is no word against it,
   * and one that turned out bad is tried again only when something newer or a restart is asked for.
   */
  take(asked: Configure): void {
    if (asked.generation > (this.#haltedAt ?? asked.generation)) this.#halted = undefined;
    this.#haltedAt ??= asked.generation;
    const { generation, restartCount } = this.#refusal ?? {};
    if (asked.generation !== generation || asked.restartCount !== restartCount) this.#refusal = undefined;
    this.#asked = asked;
    this.#wanted = this.#refusal ? this.#standIn(asked, this.#refusal.good) : asked;
  }

  /** From here on the good one stands in for what was asked. */
  refuse(sentence: string, good: KnownGood): void {
    if (!this.#asked) return;
    const { generation, restartCount } = this.#asked;
    this.#refusal = { generation, restartCount, sentence, good };
    this.#wanted = this.#standIn(this.#asked, good);
  }

  /** Whether this is not as it was asked, but what stands in for it: that it works says nothing new. */
  isStandIn(wanted: Configure): boolean {
    return this.#standIns.has(wanted);
  }

  #standIn(asked: Configure, good: KnownGood): Configure {
    const standIn = withKnownGood(asked, good);
    this.#standIns.add(standIn);
    return standIn;
  }

  /** Why the bot is not as asked. */
  whyRefused(): string | undefined {
    return this.#refusal?.sentence;
  }

  halt(mode: 'pause' | 'stop', generation = this.#asked?.generation): void {
    // What was stopped is not softened to a pause.
    if (this.#halted !== 'stop') this.#halted = mode;
    this.#haltedAt = generation;
  }

  /** Keeps the gateway from running; undefined lets it run again. */
  hold(by: HoldBy, hold: Hold | undefined): void {
    if (hold) this.#holds.set(by, hold);
    else this.#holds.delete(by);
  }

  desired(): Configure['desired'] | undefined {
    return this.#holds.size > 0 ? 'stopped' : this.#unheld();
  }

  /** What the bot would be if nothing held it. */
  #unheld(): Configure['desired'] | undefined {
    if (this.#halted) return this.#halted === 'stop' ? 'stopped' : 'paused';
    return this.#asked?.desired;
  }

  whyNoTurns(): string | undefined {
    return this.desired() === 'paused' ? pausedSentence : undefined;
  }

  /** Why no gateway is to run, and how that is told. */
  whyStopped(): { sentence: string; state: GatewayState } {
    if (this.#halted === 'stop') return { sentence: haltedSentence, state: 'stopped' };
    const held = this.#holds.values().next().value;
    if (!held) return { sentence: 'Stopped, as asked', state: 'stopped' };
    // Asked to be paused, it is: that its gateway could not run either is no failure to do so.
    if (this.#unheld() === 'paused') return { sentence: `Paused. ${held.sentence}`, state: 'paused' };
    return held;
  }
}
