import type { RefusedEgress } from '@clawster/target/egress';
import { addRefused } from '@clawster/target/refused';
import type { Reason } from './lists.ts';

/** A bot that tries everything is told of by so many places in a batch; the rest is counted together. */
const placesMax = 100;
const placeCharactersMax = 260;
const others = 'other places';

/** What was refused since it was told last: each bot, place and reason once, with how often. */
export class Refusals {
  readonly #byBot = new Map<string, Map<string, RefusedEgress>>();

  add({ botId, place, reason }: { botId: string; place: string; reason: Reason }): void {
    const ofBot = this.#byBot.get(botId) ?? new Map<string, RefusedEgress>();
    this.#byBot.set(botId, ofBot);
    const shown = place.slice(0, placeCharactersMax);
    const isNew = !ofBot.has(`${reason} ${shown}`);
    const told = isNew && ofBot.size >= placesMax ? others : shown;
    const key = `${reason} ${told}`;
    const at = new Date().toISOString();
    const one = { botId, place: told, reason, count: 1, firstAt: at, lastAt: at };
    ofBot.set(key, addRefused(ofBot.get(key), one));
  }

  /** Hands them over, and forgets them. */
  take(): RefusedEgress[] {
    const taken = [...this.#byBot.values()].flatMap((ofBot) => [...ofBot.values()]);
    this.#byBot.clear();
    return taken;
  }
}
