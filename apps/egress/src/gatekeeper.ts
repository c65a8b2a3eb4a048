import type { IncomingMessage } from 'node:http';
import { AddressRefused } from '@clawster/outward/address';
import { admit, whoAsks, whyMalformed } from './admit.ts';
import type { ListedBot, ListedBots, Reason } from './lists.ts';
import { OpenWays } from './open-ways.ts';
import { Refusals } from './refusals.ts';

/** Why something is not let through, as it is answered. */
export type Answer = { status: number; sentence: string };
/** A way that may be gone; `close` gives its place among the bot's connections back. */
export type Passage = {
  is: 'open';
  bot: ListedBot;
  place: string;
  host: string;
  port: number;
  allowPrivate: boolean;
  close: () => void;
};

const whoIsAsking: Answer = { status: 407, sentence: 'Say which bot asks, by the credential of its own network' };
const sentences: Record<Reason, (place: string) => Answer> = {
  'not-allowed': (place) => refusal(`${place} is not among the hosts that this bot may reach`),
  'not-a-name': () => refusal('Name a host and its port: an address is connected to only where it is listed so'),
  'address-inside': (place) => refusal(`${place} leads to an address that is not public`),
  'wrong-network': () => whoIsAsking,
  malformed: () => ({ status: 400, sentence: 'The request can be read in two ways' }),
  'too-many': () => ({ status: 503, sentence: 'The bot has too many connections open: close some first' }),
};

/** Who may pass, by the lists of the moment; keeps count of whom it turned away. */
export class Gatekeeper {
  readonly #ways = new OpenWays();
  readonly refusals = new Refusals();
  #bots: ListedBots = new Map();

  /** From now on these lists hold; what is open and no longer in them ends. */
  follow(bots: ListedBots): void {
    this.#bots = bots;
    this.#ways.keepTo(bots);
  }

  endAll(): void {
    this.#ways.endAll();
  }

  /** Lets a request pass to the place it names, or says why not. `end` is called when the way must not be used any longer. */
  pass(request: IncomingMessage, place: string, end: () => void): Passage | ({ is: 'refused' } & Answer) {
    const asker = whoAsks(request, this.#bots);
    if (asker.is === 'refused')
      return { is: 'refused', ...(asker.bot ? this.refuse(asker.bot, place, 'wrong-network') : whoIsAsking) };
    const { bot } = asker;
    if (whyMalformed(request, place)) return { is: 'refused', ...this.refuse(bot, place, 'malformed') };
    const admission = admit(bot, place);
    if (admission.is === 'refused') return { is: 'refused', ...this.refuse(bot, place, admission.reason) };
    const { allowPrivate } = admission;
    const close = this.#ways.open(bot, { place, allowPrivate, end });
    if (!close) return { is: 'refused', ...this.refuse(bot, place, 'too-many') };
    return { is: 'open', bot, place, ...partsOf(place), allowPrivate, close };
  }

  /** What a connection that could not be made is answered; one that led inside is a refusal. */
  trouble({ bot, place }: Passage, error: unknown): Answer {
    if (isRefused(error)) return this.refuse(bot, place, 'address-inside');
    return { status: 502, sentence: `${place} cannot be reached` };
  }

  private refuse({ botId }: ListedBot, place: string, reason: Reason): Answer {
    this.refusals.add({ botId, place, reason });
    return sentences[reason](place);
  }
}

/** The header by which a client learns that a credential is asked for. */
export function challenge(status: number): Record<string, string> {
  return status === 407 ? { 'proxy-authenticate': 'Basic realm="egress"' } : {};
}

function refusal(sentence: string): Answer {
  return { status: 403, sentence };
}

function isRefused(error: unknown): boolean {
  for (let cause = error; cause instanceof Error; cause = cause.cause) if (cause instanceof AddressRefused) return true;
  return false;
}

function partsOf(place: string): { host: string; port: number } {
  const at = place.lastIndexOf(':');
  return { host: place.slice(0, at).replace(/^\[|\]$/g, ''), port: Number(place.slice(at + 1)) };
}
