import { createHmac } from 'node:crypto';
import { api } from '@clawster/contract/api';
import { Refusal } from '@clawster/domain/refusal';
import { returnPath } from '@clawster/domain/session/return-path';
import * as client from 'openid-client';
import type { Caller } from '../caller.ts';
import { keep } from '../change.ts';
import { databaseNow } from '../database-now.ts';
import { parseInput } from '../enter.ts';
import type { ControlPlane } from '../plane.ts';
import { systemQuery } from '../query.ts';
import { countSsoAttempt } from '../session/sign-in-limits.ts';
import { hashToken, newToken } from '../session/token.ts';
import { insertAttempt } from './attempt.queries.ts';
import { connectedProvider } from './connected-provider.ts';
import { findProviderById } from './provider.queries.ts';
import { redirectUrl } from './redirect-url.ts';

const attemptMinutes = 10;

/** `browser` is for the browser's cookie alone: with it, and nowhere else, the sign-in can be ended. */
export type SsoBegun = { url: string; browser: string; endsAt: Date };

/** Begins a sign-in at a provider: where to send the browser, and what to know it by when it is back. */
export async function beginSso(plane: ControlPlane, caller: Caller, raw: unknown): Promise<SsoBegun> {
  const { providerId, returnTo } = parseInput(api.sso.begin, raw);
  await countSsoAttempt(plane, caller.address);
  const stored = await systemQuery(plane, (tx) => findProviderById(tx, providerId));
  if (!stored) throw new Refusal('not-found', 'This identity provider was removed: load the sign-in page again');
  const configuration = await connectedProvider(plane, stored);
  const browser = newToken();
  const state = newToken();
  const endsAt = await keep(plane, async (tx) => {
    const end = new Date((await databaseNow(tx)).getTime() + attemptMinutes * 60_000);
    await insertAttempt(tx, {
      stateHash: hashToken(state),
      browserHash: hashToken(browser),
      workspaceId: stored.workspaceId,
      providerId,
      returnTo: returnPath(returnTo),
      expiresAt: end,
    });
    return end;
  });
  const url = client.buildAuthorizationUrl(configuration, {
    redirect_uri: redirectUrl(plane),
    scope: stored.provider.scopes.join(' '),
    state,
    nonce: derived(browser, 'nonce'),
    code_challenge: await client.calculatePKCECodeChallenge(derived(browser, 'pkce')),
    code_challenge_method: 'S256',
  });
  return { url: url.href, browser, endsAt };
}

/** What only the browser's cookie leads to, so that no table holds it. */
export function derived(browser: string, purpose: 'nonce' | 'pkce'): string {
  return createHmac('sha256', browser).update(`clawster-sso-${purpose}`).digest('base64url');
}
