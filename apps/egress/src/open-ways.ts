import { admit } from './admit.ts';
import type { ListedBot, ListedBots } from './lists.ts';

/** A gateway with its channels and its model calls has about a dozen. */
const waysMax = 128;

type Way = { place: string; allowPrivate: boolean; end: () => void };

/** The connections of each bot that are open, so that they can be bounded, and ended when a list no longer has them. */
export class OpenWays {
  readonly #byBot = new Map<string, Set<Way>>();

  /** Keeps a way until the answered function is called; undefined when the bot has as many as it may. */
  open({ botId }: ListedBot, way: Way): (() => void) | undefined {
    const ways = this.#byBot.get(botId) ?? new Set<Way>();
    if (ways.size >= waysMax) return undefined;
    this.#byBot.set(botId, ways);
    ways.add(way);
    return () => {
      ways.delete(way);
      if (ways.size === 0 && this.#byBot.get(botId) === ways) this.#byBot.delete(botId);
    };
  }

  /** Ends what these lists would not let be opened. */
  keepTo(bots: ListedBots): void {
    for (const [botId, ways] of this.#byBot) for (const way of ways) if (!isStillOpen(bots.get(botId), way)) way.end();
  }

  endAll(): void {
    this.keepTo(new Map());
  }
}

function isStillOpen(bot: ListedBot | undefined, { place, allowPrivate }: Way): boolean {
  const admission = bot && admit(bot, place);
  return admission?.is === 'admitted' && (admission.allowPrivate || !allowPrivate);
}
