import { isDeepStrictEqual } from 'node:util';
import type { Configure } from '@clawster/link/supervisor-methods';
import type { Host } from './host.ts';

type Refused = { document: Configure['document']; why: string; good: Configure };

/** The configuration that worked last. Where OpenClaw refuses a new document, the bot works on with the one before. */
export class LastGood {
  readonly #host: Host;
  #good: Configure | undefined;
  #refused: Refused | undefined;

  constructor(host: Host) {
    this.#host = host;
  }

  /** Why the document that is wanted does not hold, if it does not. */
  get whyNot(): string | undefined {
    return this.#refused?.why;
  }

  worked(configuration: Configure): void {
    this.#good = configuration;
  }

  /** Remembers the refusal and tells it; returns what holds instead, or undefined when nothing else worked before. */
  refuse(wanted: Configure, refusal: string): Configure | undefined {
    const good = this.#good;
    if (!good || isDeepStrictEqual(good.document, wanted.document)) return undefined;
    const why = `${refusal}. The bot works on with the configuration before it`;
    this.#refused = { document: wanted.document, why, good };
    this.#host.log('error', why);
    this.#host.spool.add('configuration-refused', { reason: refusal });
    this.#host.status.evidence('supervisor', false, why);
    this.#host.status.set('degraded', why);
    return this.insteadOf(wanted);
  }

  /** What is asked, but for a document that was refused: that is not tried again. */
  insteadOf(asked: Configure): Configure {
    if (!this.#refused || !isDeepStrictEqual(this.#refused.document, asked.document)) {
      this.#refused = undefined;
      return asked;
    }
    const { document, model } = this.#refused.good;
    return { ...asked, document, model };
  }
}
