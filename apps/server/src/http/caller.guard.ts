import { authenticateApiKey } from '@clawster/control-plane/api-key/authenticate-api-key';
import type { Caller } from '@clawster/control-plane/caller';
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

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    request.cookieSettings = this.#settings.cookie;
    const caller = await this.#callerOf(request, routeOf(context.getHandler())?.permission === 'public');
    request.caller = caller;
    request.whileAdmitted = (signal) => whileAdmitted(this.#plane, caller, signal);
    return true;
  }

  async #callerOf(request: FastifyRequest, isPublic: boolean): Promise<Caller> {
    const from = { address: request.ip, userAgent: request.headers['user-agent'] ?? '' };
    const { authorization, cookie } = request.headers;
    if (authorization && !isPublic) {
      const value = /^Bearer\s+(claw_\S+)$/i.exec(authorization)?.[1];
      const program = value && (await authenticateApiKey(this.#plane, value, from));
      if (!program)
        throw new Refusal('not-signed-in', 'This API key is unknown, expired or revoked: make another under Settings');
      return program;
    }
    // Signing in is guarded too: another site must not sign a browser in to an account of its own.
    refuseForeignOrigin(request, this.#settings.publicUrl);
    const token = isPublic ? undefined : tokenIn(cookie, this.#settings.cookie);
    const person = token && (await authenticateSession(this.#plane, token, from));
    return person || { kind: 'anonymous', ...from };
  }
}
