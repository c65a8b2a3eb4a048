import type { GatewayClient } from '@clawster/gateway/client';
import { ChannelKind } from '@clawster/link/channel';
import type { Host } from '../host.ts';
import type { Capturing } from './capturing.ts';
import { keepDelivery } from './delivery-mark.ts';
import { type Numbered, readHistory, type SessionHistory } from './read-history.ts';
import { recordedAt } from './open-turn.ts';
import { endBySession, endTurn, type Read, readMessage } from './read-message.ts';
import { markOfSession, SessionMark, type Standing } from './session-mark.ts';
import { iso, type Told } from './turn-spans.ts';

/** `began`: what was written before is not told: it was another's to tell. */
export type SessionReading = { sessionKey: string; capturing: Capturing; began: number };

/**
 * Tells what happened in a conversation since it was read last, each once: with each item goes, in one line of the spool,
 * how far was read. A process that is killed between two items goes on with the second.
 */
export async function readSession(
  host: Pick<Host, 'spool' | 'log'>,
  client: GatewayClient,
  reading: SessionReading,
): Promise<void> {
  const keeping = new SessionKeeping(host, reading);
  keeping.finishEnd();
  const history = await readHistory(client, reading.sessionKey, keeping.mark);
  if (!history) return;
  keeping.take(history);
  if (keeping.endBy(history)) {
    // How a session stands is asked after its messages were read: the last words may have been written in between.
    const later = await readHistory(client, reading.sessionKey, keeping.mark);
    if (later) keeping.take(later);
    keeping.tellEnd(history);
  }
  keeping.see(history);
}

/** Tells the end of a conversation that is gone, and forgets how far it was read. */
export function forgetSession(host: Pick<Host, 'spool' | 'log'>, reading: SessionReading): void {
  const keeping = new SessionKeeping(host, reading);
  keeping.finishEnd();
  keeping.interrupt();
  host.spool.mark({ [markOfSession(reading.sessionKey)]: null });
}

class SessionKeeping {
  mark: SessionMark;
  readonly #host: Pick<Host, 'spool' | 'log'>;
  readonly #reading: SessionReading;
  readonly #key: string;

  constructor(host: Pick<Host, 'spool' | 'log'>, reading: SessionReading) {
    this.#host = host;
    this.#reading = reading;
    this.#key = markOfSession(reading.sessionKey);
    this.mark = SessionMark.safeParse(host.spool.markOf(this.#key)).data ?? unread('');
  }

  /** Tells the rest of an end that was told in part when the process before this ended. */
  finishEnd(): void {
    const { end } = this.mark;
    if (end) this.#step((before) => endTurn(before, end, this.#reading));
  }

  interrupt(): void {
    const { turn } = this.mark;
    if (turn) this.#end({ outcome: 'interrupted', at: turn.lastAt });
  }

  take({ sessionId, messages }: SessionHistory): void {
    if (this.mark.sessionId !== sessionId) {
      this.interrupt();
      // What was written last in the conversation before, and not read, can be read no more; there is no telling whether.
      this.mark = unread(sessionId);
    } else if (!isContinued(this.mark, messages)) this.#rewritten(messages);
    for (const one of messages) if (one.seq > this.mark.seq) this.#read(one);
  }

  /** How the turn under way ended, where the session says so. */
  endBy({ sessionId, session }: SessionHistory) {
    return this.mark.sessionId === sessionId ? endBySession(this.mark, session, this.#reading) : undefined;
  }

  tellEnd(history: SessionHistory): void {
    const end = this.endBy(history);
    if (end) this.#end(end);
  }

  /** Keeps when the session had changed last, so that it is read again when it changes once more. */
  see({ session }: SessionHistory): void {
    const seen = session?.updatedAt ?? undefined;
    if (seen !== this.mark.seen) this.#keep({ ...this.mark, seen });
  }

  #read({ seq, message }: Numbered): void {
    const at = recordedAt(message);
    const next = { seq, id: message.__openclaw?.id, at };
    if (at < this.#reading.began) {
      this.mark = { ...this.mark, ...next };
      return;
    }
    const missing = seq - 1 - this.mark.seq;
    if (missing > 0) this.#gap(missing, { ...this.mark, seq: seq - 1 });
    this.#step((before) => readMessage(before, message, this.#reading), next);
  }

  /** Written down first: told in part, it is the same end that is gone on with, whatever the session says by then. */
  #end(end: NonNullable<SessionMark['end']>): void {
    this.#keep({ ...this.mark, end });
    this.finishEnd();
  }

  #step(read: (before: Standing) => Read, next: Partial<SessionMark> = {}): void {
    const { sessionId, seq, id, at, seen, told: before } = this.mark;
    const { told, after } = read(this.mark);
    const done: SessionMark = { sessionId, seq, id, at, seen, ...next, ...after, told: 0 };
    if (told.length <= before) return this.#keep(done);
    for (const [index, one] of told.entries()) {
      if (index < before) continue;
      this.#tell(one, index === told.length - 1 ? done : { ...this.mark, told: index + 1 });
    }
  }

  /** What went out on a channel waits until OpenClaw says what became of it. */
  #tell({ kind, data }: Told, mark: SessionMark): void {
    this.mark = mark;
    const marks = { [this.#key]: mark };
    if (kind === 'message-out' && ChannelKind.safeParse(data.channel).success)
      this.#host.spool.mark({ ...marks, ...keepDelivery(data) });
    else this.#host.spool.add(kind, data, marks);
  }

  #keep(mark: SessionMark): void {
    this.mark = mark;
    this.#host.spool.mark({ [this.#key]: mark });
  }

  /** Put back to an earlier state, or changed: what comes after what was read last is new. */
  #rewritten(messages: Numbered[]): void {
    const known = messages.filter(({ message }) => recordedAt(message) <= this.mark.at).at(-1);
    const seq = known?.seq ?? (messages[0]?.seq ?? 1) - 1;
    this.#gap(undefined, { ...this.mark, seq, id: known?.message.__openclaw?.id });
  }

  #gap(missing: number | undefined, mark: SessionMark): void {
    const session = this.#reading.capturing.session(this.#reading.sessionKey);
    const about = { ...(missing === undefined ? {} : { missing }), after: iso(this.mark.at) };
    this.#host.log('warn', 'messages of a conversation are gone that were not read', about);
    this.mark = mark;
    this.#host.spool.add('gap', { ...about, ...(session ? { session } : {}) }, { [this.#key]: mark });
  }
}

function unread(sessionId: string): SessionMark {
  return { sessionId, seq: 0, at: 0, told: 0 };
}

/** Whether what was read last is still where it was. */
function isContinued({ seq, id }: SessionMark, messages: Numbered[]): boolean {
  if (seq > (messages.at(-1)?.seq ?? 0)) return false;
  const read = messages.find((one) => one.seq === seq)?.message.__openclaw?.id;
  return read === undefined || id === undefined || read === id;
}
