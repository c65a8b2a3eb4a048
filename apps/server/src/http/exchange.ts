import type { Route } from '@clawster/contract/route';
import type { Caller } from '@clawster/control-plane/caller';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { awayCookies, clearCookie, type CookieSettings, sessionCookie, tokenIn } from './cookies.ts';
import { originOf } from './same-origin.ts';

declare module 'fastify' {
  interface FastifyRequest {
    caller?: Caller;
    /** Narrows a signal to the time in which the caller is let in. */
    whileAdmitted?: (signal: AbortSignal) => AbortSignal;
    /** Set when the request has an Idempotency-Key: the answer that was given under it before. */
    keptAnswer?: (route: Route, input: unknown) => Promise<{ answer: unknown } | undefined>;
    cookieSettings?: CookieSettings;
    publicUrl?: string;
  }
}

/** What few handlers need beside input and caller. */
export class Exchange {
  readonly #request: FastifyRequest;
  readonly #reply: FastifyReply;

  constructor(request: FastifyRequest, reply: FastifyReply) {
    this.#request = request;
    this.#reply = reply;
  }

  /** Aborted when the client goes away, or may no longer be here. */
  get signal(): AbortSignal {
    const controller = new AbortController();
    this.#reply.raw.once('close', () => controller.abort());
    if (this.#reply.raw.destroyed) controller.abort();
    return this.#request.whileAdmitted?.(controller.signal) ?? controller.signal;
  }

  /** The origin at which the browser has Clawster open: what its passkeys are bound to. */
  get origin(): string {
    return originOf(this.#request, this.#request.publicUrl ?? 'http://localhost');
  }

  /** Sets the session cookie, and hands on what may be told. */
  signedIn<Identity>(opened: { identity: Identity; token: string; endsAt: Date }): Identity {
    this.#reply.header('set-cookie', sessionCookie(this.#settings, opened.token, opened.endsAt));
    return opened.identity;
  }

  signedOut<Answer>(answer: Answer): Answer {
    this.#reply.header('set-cookie', clearCookie(this.#settings)).header('clear-site-data', '"cache"');
    return answer;
  }

  /** What a browser that was sent to an identity provider is known by, if it is one. */
  get browser(): string | undefined {
    return tokenIn(this.#request.headers.cookie, awayCookies(this.#settings));
  }

  /** Sets the cookie that a browser is known by when it is back, and hands on what may be told. */
  sentAway({ url, browser, endsAt }: { url: string; browser: string; endsAt: Date }): { url: string } {
    this.#reply.header('set-cookie', sessionCookie(awayCookies(this.#settings), browser, endsAt));
    return { url };
  }

  isBack<Answer>(answer: Answer): Answer {
    this.#reply.header('set-cookie', clearCookie(awayCookies(this.#settings)));
    return answer;
  }

  get #settings(): CookieSettings {
    return this.#request.cookieSettings ?? { name: 'clawster-session', secure: false };
  }
}
