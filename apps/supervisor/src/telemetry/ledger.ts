import type { GatewayClient } from '@clawster/gateway/client';
import { SessionList, SessionTouched } from '@clawster/gateway/protocol';
import { z } from 'zod';
import type { GatewayLink } from '../gateway/gateway-link.ts';
import { warmUpSessionKey } from '../gateway/readiness.ts';
import type { Host } from '../host.ts';
import { capturing } from './capturing.ts';
import { hasOpenDeliveries, newDeliveries, tellDeliveries } from './read-deliveries.ts';
import { forgetSession, readSession, type SessionReading } from './read-session.ts';
import { markOfSession, SessionMark } from './session-mark.ts';

/** Events come in groups: the user's message, the run's phases. */
const gatherMs = 250;
/** Whatever it was that failed, the next look finds what it was about. */
const againMs = 5_000;
/** Events may be left out: so often it is looked without one. */
const everyMs = 30_000;
const deliveryLookMs = 1_000;
const listLength = 200;
/** Without an event only what changed last is looked at. */
const latestLength = 20;

const sessionPrefix = markOfSession('');
const Began = z.object({ at: z.number() });

/** Reads the record that OpenClaw keeps, and tells what it did as spans. */
export type Ledger = {
  /** Looks for all that happened while nobody listened. */
  connected(): void;
  close(): void;
};
type Where = { sessions?: Iterable<string>; all?: boolean; latest?: boolean; deliveries?: boolean };
type Looking = { sessions: Set<string>; all: boolean; latest: boolean; deliveries: boolean };

/**
 * Tells what happened in every conversation, whoever began it, each once: OpenClaw's record is read on from where it was
 * read last. Its events only say when to look, so that one that never comes loses nothing.
 */
export function openLedger(host: Host, link: GatewayLink): Ledger {
  return new KeptLedger(host, link);
}

class KeptLedger implements Ledger {
  readonly #host: Host;
  readonly #link: GatewayLink;
  readonly #began: number;
  readonly #stops: (() => void)[];
  #looking = nothing();
  #timer: NodeJS.Timeout | undefined;
  #isBusy = false;
  #isClosed = false;

  constructor(host: Host, link: GatewayLink) {
    this.#host = host;
    this.#link = link;
    this.#began = beganAt(host);
    const regular = setInterval(() => this.#look({ latest: true, deliveries: true }), everyMs);
    const stopListening = link.onEvent(({ event, payload }, missed) => {
      if (missed > 0) this.#look({ latest: true });
      if (event !== 'session.message' && event !== 'sessions.changed') return;
      const touched = SessionTouched.safeParse(payload).data;
      // A change of many sessions at once names none.
      this.#look(touched ? { sessions: [touched.sessionKey] } : { latest: true });
    });
    this.#stops = [stopListening, () => clearInterval(regular)];
  }

  connected(): void {
    this.#look({ all: true, deliveries: true });
  }

  close(): void {
    this.#isClosed = true;
    clearTimeout(this.#timer);
    for (const stop of this.#stops) stop();
  }

  #look(where: Where, inMs = gatherMs): void {
    add(this.#looking, where);
    if (this.#isClosed || this.#isBusy || this.#timer) return;
    this.#timer = setTimeout(() => void this.#work(), inMs);
  }

  async #work(): Promise<void> {
    this.#timer = undefined;
    this.#isBusy = true;
    const looking = this.#looking;
    this.#looking = nothing();
    let waitMs = gatherMs;
    try {
      const client = await this.#link.client();
      await this.#readAll(client, looking);
      if (hasOpenDeliveries(this.#host.spool)) this.#looking.deliveries = true;
      if (this.#looking.sessions.size === 0 && !this.#looking.latest) waitMs = deliveryLookMs;
    } catch (error) {
      add(this.#looking, looking);
      waitMs = againMs;
      const reason = error instanceof Error ? error.message : String(error);
      if (!this.#isClosed) this.#host.log('info', 'the record of OpenClaw was not read', { reason });
    }
    this.#isBusy = false;
    if (isSomething(this.#looking)) this.#look({}, waitMs);
  }

  async #readAll(client: GatewayClient, looking: Looking): Promise<void> {
    // Asked for first: of what was done with by then the conversations say all.
    const isTold = looking.deliveries && client.hello.features.methods.includes('audit.activity.list');
    const events = isTold ? await newDeliveries(this.#host.spool, client, this.#began) : [];
    if (looking.all || looking.latest || events.some(({ runId }) => runId !== undefined))
      for (const key of await this.#changed(client, looking.all)) looking.sessions.add(key);
    for (const sessionKey of looking.sessions) {
      if (this.#isClosed) return;
      await readSession(this.#host, client, this.#readingOf(sessionKey));
      looking.sessions.delete(sessionKey);
    }
    if (isTold) tellDeliveries(this.#host.spool, events, Date.now());
  }

  /** The sessions that changed since they were read; with `all` those that are gone are told and forgotten. */
  async #changed(client: GatewayClient, all: boolean): Promise<string[]> {
    const listed = new Map<string, number>();
    let offset = 0;
    for (let isMore = true; isMore;) {
      const asked = { limit: all ? listLength : latestLength, offset, sortBy: 'updatedAt' };
      const { sessions, nextOffset } = SessionList.parse(await client.call('sessions.list', asked));
      for (const { key, updatedAt } of sessions) listed.set(key, updatedAt ?? Number.POSITIVE_INFINITY);
      isMore = all && typeof nextOffset === 'number';
      offset = nextOffset ?? 0;
    }
    const { spool } = this.#host;
    if (all) {
      const keys = spool.markKeys().filter((key) => key.startsWith(sessionPrefix));
      const gone = keys.map((key) => key.slice(sessionPrefix.length)).filter((key) => !listed.has(key));
      for (const key of gone) forgetSession(this.#host, this.#readingOf(key));
    }
    return [...listed].flatMap(([key, updatedAt]) => {
      const { seen = 0 } = SessionMark.safeParse(spool.markOf(markOfSession(key))).data ?? {};
      return key === warmUpSessionKey || updatedAt <= Math.max(seen, this.#began) ? [] : [key];
    });
  }

  #readingOf(sessionKey: string): SessionReading {
    return { sessionKey, capturing: capturing(this.#host.capture.current), began: this.#began };
  }
}

function nothing(): Looking {
  return { sessions: new Set(), all: false, latest: false, deliveries: false };
}

/** The proof of a model is nobody's conversation. */
function add(looking: Looking, { sessions = [], all = false, latest = false, deliveries = false }: Where): void {
  for (const key of sessions) if (key !== warmUpSessionKey) looking.sessions.add(key);
  looking.all ||= all;
  looking.latest ||= latest;
  looking.deliveries ||= deliveries;
}

function isSomething({ sessions, all, latest, deliveries }: Looking): boolean {
  return sessions.size > 0 || all || latest || deliveries;
}

/** Since when this bot's record is read here: what is older was told by a supervisor of before, or belongs to another bot. */
function beganAt({ spool }: Host): number {
  const known = Began.safeParse(spool.markOf('began')).data;
  if (known) return known.at;
  const at = Math.floor(Date.now() - process.uptime() * 1_000);
  spool.mark({ began: { at } });
  return at;
}
