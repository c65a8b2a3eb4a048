import { randomUUID } from 'node:crypto';
import type { Delivery, DeliveryEnd, TeamAnswer, TeamCall } from '@clawster/link/team';
import type { Ask } from './asking.ts';

/** What an obedient bot can do about what it is asked. */
export type AtWork = {
  /** Calls a tool of its team's, from the session of the delivery unless another is named, and waits as a host does. */
  call(tool: string, input?: Record<string, unknown>, whence?: Partial<TeamCall>): Promise<TeamAnswer>;
  /** Aborted when the delegation is taken back. */
  signal: AbortSignal;
};

/** What a bot does that does all it is told: returns its last words, or throws why it failed. */
export type Obeying = (delivery: Delivery, at: AtWork) => Promise<string>;

export type Told = { id: string; session: string; message: string };

/**
 * The host of a bot that does all it is told, without a gateway: it carries each delivery out once, tells of its begin and
 * its end, and waits for answers to its calls. Its methods go into a stand-in supervisor's `behaviour`.
 */
export class ObedientBot {
  /** What it was told between turns. */
  readonly told: Told[] = [];
  readonly #hear: (told: Told) => void;
  /** Over the link it has last. */
  #ask: Ask = () => Promise.reject(new Error('It was never linked'));
  readonly #obey: Obeying;
  readonly #waiting = new Map<string, (answer: TeamAnswer) => void>();
  readonly #atWork = new Map<string, { attempt: number; abort: AbortController; over: Promise<void> }>();

  constructor(obey: Obeying, hear: (told: Told) => void = () => {}) {
    this.#obey = obey;
    this.#hear = hear;
  }

  /** It is linked anew: what it has to tell goes this way from now on. */
  linked(ask: Ask): void {
    this.#ask = ask;
  }

  get behaviour() {
    return {
      'delegation.deliver': async (delivery: Delivery) => {
        this.#deliver(delivery);
        return {};
      },
      'delegation.cancel': async ({ id, reason }: { id: string; reason: string }) => {
        const work = this.#atWork.get(id);
        work?.abort.abort(new Error(reason));
        await work?.over;
        return {};
      },
      'team.tell': async (told: Told) => {
        if (this.told.some(({ id }) => id === told.id)) return {};
        this.told.push(told);
        this.#hear(told);
        return {};
      },
      'team.settle': async ({ callId, ...answer }: TeamAnswer & { callId: string }) => {
        this.#waiting.get(callId)?.(answer);
        return {};
      },
    };
  }

  /** Calls a tool from a session, as the model of a bot does in the middle of a turn. */
  async call(call: Omit<TeamCall, 'callId'> & { callId?: string }): Promise<TeamAnswer> {
    const callId = call.callId ?? randomUUID();
    const { promise, resolve } = Promise.withResolvers<TeamAnswer>();
    this.#waiting.set(callId, resolve);
    try {
      let answer = await this.#ask('team.call', { ...call, callId });
      while (answer.waitMs !== undefined) {
        const settled = await Promise.race([promise, after(answer.waitMs)]);
        answer = settled ?? (await this.#ask('team.await', { callId }));
      }
      return answer;
    } finally {
      this.#waiting.delete(callId);
    }
  }

  /** Resolves when it is at work at nothing. */
  async idle(): Promise<void> {
    await Promise.all([...this.#atWork.values()].map(({ over }) => over));
  }

  #deliver(delivery: Delivery): void {
    const { id, attempt } = delivery;
    if ((this.#atWork.get(id)?.attempt ?? 0) >= attempt) return;
    const abort = new AbortController();
    this.#atWork.set(id, { attempt, abort, over: this.#work(delivery, abort.signal) });
  }

  async #work(delivery: Delivery, signal: AbortSignal): Promise<void> {
    const { id, attempt, session } = delivery;
    const runId = `clawster:${id}:${attempt}`;
    await this.#tell(() => this.#ask('delegation.began', { id, attempt, runId }));
    const givenUp = new Promise<never>((_, reject) => {
      const leave = () => reject(signal.reason as Error);
      // It may have been taken back before it was told of.
      if (signal.aborted) leave();
      else signal.addEventListener('abort', leave, { once: true });
    });
    const call: AtWork['call'] = (tool, input = {}, whence = {}) =>
      this.call({ tool, arguments: input, session, runId, ...whence });
    const end = await Promise.race([this.#obey(delivery, { call, signal }), givenUp]).then(
      (text): Partial<DeliveryEnd> => ({ outcome: 'done', text }),
      (error: Error): Partial<DeliveryEnd> => ({
        outcome: signal.aborted ? 'aborted' : 'failed',
        failure: error.message,
      }),
    );
    const ended = { id, attempt, outcome: 'done' as const, text: '', isRetryable: false, ...end };
    await this.#tell(() => this.#ask('delegation.ended', ended));
  }

  /** Until it is heard. */
  async #tell(tell: () => Promise<unknown>): Promise<void> {
    while (!(await tell().then(Boolean, () => false))) await after(100);
  }
}

function after(ms: number): Promise<undefined> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms).unref();
  }).then(() => undefined);
}
