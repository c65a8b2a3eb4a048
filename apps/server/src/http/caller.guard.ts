import { idempotencyHeader, idempotencyKeyPattern } from '@clawster/contract/idempotency';
import { authenticateApiKey } from '@clawster/control-plane/api-key/authenticate-api-key';
import { isKeyValue } from '@clawster/control-plane/api-key/key-value';
import type { Caller, From } from '@clawster/control-plane/caller';
import { keptAnswer } from '@clawster/control-plane/idempotency/only-once';
import type { ControlPlane } from '@clawster/control-plane/plane';
import { authenticateSession } from '@clawster/control-plane/session/authenticate-session';
import { whileAdmitted } from '@clawster/control-plane/session/while-admitted';
import { Refusal } from '@clawster/domain/refusal';
import type { CanActivate, ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { type CookieSettings, tokenIn } from './cookies.ts';
import { routeOf } from './handle.ts';
import { refuseForeignOrigin } from './same-origin.ts';

type Settings = { cookie: CookieSettings; publicUrl: string };

/** Finds out who asks, by API key or session cookie. What they may do is checked where it is done. */
export class CallerGuard implements CanActivate {
  readonly #plane: ControlPlane;
  readonly #settings: Settings;

  constructor(plane: ControlPlane, settings: Settings) {
    this.#plane = plane;
    this.#settings = settings;
  }

  /** Answers at once where it can: each promise on the way costs as much as the rest of this. */
  canActivate(context: ExecutionContext): boolean | Promise<boolean> {
    const request = context.getArgByIndex<FastifyRequest>(0);
    request.cookieSettings = this.#settings.cookie;
    request.publicUrl = this.#settings.publicUrl;
    const caller = this.#callerOf(request, routeOf(context.getHandler())?.permission === 'public');
    if (caller instanceof Promise) return caller.then((found) => this.#letIn(request, found));
    return this.#letIn(request, caller);
  }

  #callerOf(request: FastifyRequest, isPublic: boolean): Caller | Promise<Caller> {
    const from = { address: request.ip, userAgent: request.headers['user-agent'] ?? '', requestId: request.id };
    const { authorization, cookie } = request.headers;
    if (authorization && !isPublic) return this.#programOf(authorization, from);
    // Signing in is guarded too: another site must not sign a browser in to an account of its own.
    refuseForeignOrigin(request, this.#settings.publicUrl);
    const token = isPublic ? undefined : tokenIn(cookie, this.#settings.cookie);
    const anonymous = { kind: 'anonymous', ...from } as const;
    if (!token) return anonymous;
    const person = authenticateSession(this.#plane, token, from);
    return person instanceof Promise ? person.then((found) => found ?? anonymous) : (person ?? anonymous);
  }

  async #programOf(authorization: string, from: From): Promise<Caller> {
    const value = /^Bearer\s+(\S+)$/i.exec(authorization)?.[1] ?? '';
    if (!isKeyValue(value))
      throw new Refusal('not-signed-in', 'This is no API key of Clawster: it is mistyped or cut off');
    const program = await authenticateApiKey(this.#plane, value, from);
    if (!program)
      throw new Refusal(
        'not-signed-in',
        'This API key is unknown, expired or revoked, or its service account is disabled: make another under Settings',
      );
    return program;
  }

  #letIn(request: FastifyRequest, caller: Caller): true {
    const key = request.headers[idempotencyHeader];
    if (key === undefined || caller.kind === 'anonymous') request.caller = caller;
    else {
      const named = { ...caller, idempotencyKey: checked(key) };
      request.caller = named;
      request.keptAnswer = (route, raw) => keptAnswer(this.#plane, named, { route, raw });
    }
    request.whileAdmitted = (signal) => whileAdmitted(this.#plane, caller, signal);
    return true;
  }
}

function checked(key: string | string[]): string {
  if (typeof key === 'string' && idempotencyKeyPattern.test(key)) return key;
  throw new Refusal('invalid', 'Idempotency-Key is 1 to 200 printable characters without spaces, such as a UUID');
}
