import { Email, PersonName } from '@clawster/contract/person';
import type { SsoAnswer } from '@clawster/contract/sso';
import { Refusal } from '@clawster/domain/refusal';
import * as client from 'openid-client';
import type { ControlPlane } from '../plane.ts';
import { derived } from './begin-sso.ts';
import { connectedProvider } from './connected-provider.ts';
import type { StoredProvider } from './provider.queries.ts';
import { sentenceForClient, sentenceForProvider } from './provider-sentence.ts';
import { redirectUrl } from './redirect-url.ts';

/** Who a provider says somebody is. */
export type Claims = {
  issuer: string;
  subject: string;
  email: string | undefined;
  isVerified: boolean;
  name: string | undefined;
  groups: string[];
};

type Asked = { stored: StoredProvider; answer: SsoAnswer; browser: string };

/** Exchanges the provider's answer for what it says of the person: checked for signature, issuer, audience, nonce and time. */
export async function askClaims(plane: ControlPlane, asked: Asked): Promise<Claims> {
  const { stored, answer } = asked;
  const { name } = stored.provider;
  if (answer.error === 'access_denied') throw new Refusal('forbidden', `${name} did not let you in`);
  if (answer.error)
    throw new Refusal('forbidden', `${name} could not sign you in (${inWords(answer.error)}): try again`);
  const configuration = await connectedProvider(plane, stored);
  try {
    return await exchange(configuration, plane, asked);
  } catch (cause) {
    throw refusalFor(cause, plane, stored);
  }
}

async function exchange(
  configuration: client.Configuration,
  plane: ControlPlane,
  { stored, answer, browser }: Asked,
): Promise<Claims> {
  const { state, code, iss } = answer;
  const url = new URL(redirectUrl(plane));
  url.search = new URLSearchParams({ state, ...(code ? { code } : {}), ...(iss ? { iss } : {}) }).toString();
  const tokens = await client.authorizationCodeGrant(configuration, url, {
    expectedState: state,
    expectedNonce: derived(browser, 'nonce'),
    pkceCodeVerifier: derived(browser, 'pkce'),
    idTokenExpected: true,
  });
  const idToken = tokens.claims();
  if (!idToken) throw new Error('The answer has no ID token');
  const { groupsClaim } = stored.provider;
  // Many providers tell address and groups only when they are asked for them.
  const asks = !('email' in idToken && groupsClaim in idToken) && configuration.serverMetadata().userinfo_endpoint;
  const more = asks ? await client.fetchUserInfo(configuration, tokens.access_token, idToken.sub) : {};
  return { issuer: idToken.iss, subject: idToken.sub, ...personIn([idToken, more], groupsClaim) };
}

type Told = Record<string, unknown>;

/** Address and verification are taken from the same place, so that one is not said of the other. */
function personIn(places: Told[], groupsClaim: string): Omit<Claims, 'issuer' | 'subject'> {
  const claim = (name: string) => places.find((place) => Object.hasOwn(place, name))?.[name];
  const mail = places.find((place) => Object.hasOwn(place, 'email')) ?? {};
  const email = Email.safeParse(mail['email']);
  const name = PersonName.safeParse(claim('name'));
  const groups = claim(groupsClaim);
  return {
    email: email.success ? email.data : undefined,
    isVerified: email.success && mail['email_verified'] === true,
    name: name.success ? name.data : undefined,
    groups: (Array.isArray(groups) ? groups : [groups]).filter((group): group is string => typeof group === 'string'),
  };
}

/** Only codes and sentences are logged: what was answered may hold tokens. */
function refusalFor(
  cause: unknown,
  plane: ControlPlane,
  { workspaceId, provider: { name, issuer } }: StoredProvider,
): Refusal {
  const { code, message } = cause as { code?: unknown; message?: unknown };
  plane.log('warn', 'A single sign-on failed', { workspaceId, code, reason: message });
  const ours = sentenceForClient(cause);
  if (ours)
    return new Refusal('unavailable', `${name} refuses Clawster itself: ask an owner or admin. ${ours}`, { cause });
  if (cause instanceof client.ResponseBodyError)
    return new Refusal('forbidden', `${name} takes this sign-in for used or outdated: begin again`, { cause });
  if (cause instanceof TypeError)
    return new Refusal('unavailable', `${name} cannot be asked right now. ${sentenceForProvider(cause, issuer)}`, {
      cause,
    });
  return new Refusal('forbidden', `The answer of ${name} cannot be trusted (${inWords(code)}): begin again`, { cause });
}

/** A provider's own code, or ours; never free text of somebody else's. */
function inWords(code: unknown): string {
  return typeof code === 'string' && /^\w{1,60}$/.test(code) ? code : 'no reason given';
}
