import { setTimeout as sleep } from 'node:timers/promises';
import type { TeamAnswer, TeamCall } from '@clawster/link/team';
import { AskRefused } from '../link/ask-control-plane.ts';
import type { LinkClient } from '../link/link-client.ts';

/** So long a call waits for a link that is away, before its model is told so. */
const awayMsMax = 30_000;
/** A model can use no more of it. */
const charactersMax = 100_000;
/** What a control plane that is busy is left alone for. */
const againMs = 1_000;

export type Answered = Pick<TeamAnswer, 'text' | 'isError'>;
type Waiting = { settled: PromiseWithResolvers<TeamAnswer>; linked: PromiseWithResolvers<'linked'> };
type Options = { ask: LinkClient['ask']; awayMsMax?: number };

/** The calls of the team's tools that are under way: carried up, waited for, given up. */
export class TeamCalls {
  readonly #ask: LinkClient['ask'];
  readonly #awayMsMax: number;
  readonly #waiting = new Map<string, Waiting>();
  /** Nobody waits for these any more, and the control plane has not heard of it yet. */
  readonly #dropped = new Set<string>();

  constructor({ ask, awayMsMax: away = awayMsMax }: Options) {
    this.#ask = ask;
    this.#awayMsMax = away;
  }

  /** What the model is told in the end. Aborted, it throws, and the control plane is told that nobody waits. */
  async call(call: TeamCall, signal: AbortSignal): Promise<Answered> {
    const { callId } = call;
    const given = Promise.withResolvers<never>();
    const give = () => given.reject(signal.reason as Error);
    given.promise.catch(() => {});
    signal.addEventListener('abort', give, { once: true });
    this.#waiting.set(callId, waiting());
    try {
      signal.throwIfAborted();
      return capped(await Promise.race([this.#answer(call), given.promise]));
    } catch (error) {
      if (!signal.aborted) return { text: sentenceOf(error), isError: true };
      void this.#drop(callId);
      throw error;
    } finally {
      signal.removeEventListener('abort', give);
      this.#waiting.delete(callId);
    }
  }

  /** The answer came. One that nobody waits for is let go. */
  settle(callId: string, answer: Answered): void {
    this.#waiting.get(callId)?.settled.resolve(answer);
  }

  /** There is a link again: what was settled meanwhile is asked for. */
  linked(): void {
    for (const one of this.#waiting.values()) {
      one.linked.resolve('linked');
      one.linked = Promise.withResolvers();
    }
    for (const callId of this.#dropped) void this.#drop(callId);
  }

  async #answer(call: TeamCall): Promise<TeamAnswer> {
    const { callId } = call;
    let answer = await this.#carry(callId, () => this.#ask('team.call', call));
    for (;;) {
      const one = this.#waiting.get(callId);
      if (answer.waitMs === undefined || !one) return answer;
      const came = await Promise.race([one.settled.promise, one.linked.promise, sleep(answer.waitMs, 'late' as const)]);
      if (typeof came === 'object') return came;
      answer = await this.#carry(callId, () => this.#ask('team.await', { callId }));
    }
  }

  /** Asks until it is answered, for as long as a link may be away: the same call twice is carried out once. */
  async #carry(callId: string, ask: () => Promise<TeamAnswer>): Promise<TeamAnswer> {
    for (const until = Date.now() + this.#awayMsMax; ;) {
      try {
        return await ask();
      } catch (error) {
        const leftMs = until - Date.now();
        if (!isForNow(error) || leftMs <= 0) throw error;
        const linked = this.#waiting.get(callId)?.linked.promise;
        await Promise.race([linked, sleep(Math.min(leftMs, againMs))]);
      }
    }
  }

  async #drop(callId: string): Promise<void> {
    this.#dropped.add(callId);
    await this.#ask('team.drop', { callId }).then(
      () => this.#dropped.delete(callId),
      (error: unknown) => isForNow(error) || this.#dropped.delete(callId),
    );
  }
}

function waiting(): Waiting {
  return { settled: Promise.withResolvers(), linked: Promise.withResolvers() };
}

/** Whether the control plane may answer the same in a moment. */
export function isForNow(error: unknown): boolean {
  return error instanceof AskRefused && ['unavailable', 'too-many', 'trouble'].includes(error.code);
}

function sentenceOf(error: unknown): string {
  if (error instanceof AskRefused && error.code === 'unavailable')
    return 'Clawster cannot be reached just now, so nothing was done. Go on without, or try again later';
  return error instanceof Error ? error.message : String(error);
}

function capped({ text, isError }: TeamAnswer): Answered {
  if (text.length <= charactersMax) return { text, isError };
  return { text: `${text.slice(0, charactersMax)}\n\n[The rest was left out: it is too long]`, isError };
}
