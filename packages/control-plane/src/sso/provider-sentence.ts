import * as client from 'openid-client';
import { troubleSentence } from '@clawster/outward/trouble-sentence';
import { hostOf, providerTimeoutMs } from './provider-fetch.ts';

/** A provider that answered, but with what cannot be used; says in words after its name what is wrong. */
export class ProviderMistaken extends Error {}

const timeoutSeconds = providerTimeoutMs / 1_000;
const own = {
  UND_ERR_RES_EXCEEDED_MAX_SIZE: 'answered with far more than a provider would: check the issuer',
  EPROTO: 'does not speak TLS there: correct the port',
  OAUTH_TIMEOUT: `did not answer in ${timeoutSeconds} seconds: check the issuer, and any firewall in between`,
  OAUTH_RESPONSE_IS_NOT_CONFORM: 'has no OpenID Connect discovery there: check the issuer, often it has a path',
  OAUTH_RESPONSE_IS_NOT_JSON: 'answered with a page instead of its discovery: check the issuer, often it has a path',
  OAUTH_PARSE_ERROR: 'answered with what is no JSON: check the issuer',
  OAUTH_INVALID_RESPONSE: 'answered with what no provider answers: check the issuer',
  OAUTH_JSON_ATTRIBUTE_COMPARISON_FAILED: 'calls itself otherwise: enter the issuer exactly as its discovery spells it',
};

/** What kept us from asking a provider, or was wrong with its answer, and what to do. */
export function sentenceForProvider(error: unknown, issuer: string): string {
  const host = hostOf(issuer);
  for (let cause = error; cause instanceof Error; cause = cause.cause)
    if (cause instanceof ProviderMistaken) return `${host} ${cause.message}`;
  return troubleSentence(error, { host, entered: 'issuer', timeoutSeconds, own });
}

/** Why a provider does not take our client id and secret, or undefined when that is not what it said. */
export function sentenceForClient(error: unknown): string | undefined {
  const code = error instanceof client.ResponseBodyError ? error.error : undefined;
  if (code === 'invalid_client' || isClientChallenge(error))
    return 'The provider does not know this client id with this client secret: copy both again';
  if (code === 'unauthorized_client')
    return 'The provider does not let this client sign people in: allow the authorization code flow there';
  return undefined;
}

/** A challenge to prove a client; one to prove a person's access would ask for a bearer. */
function isClientChallenge(error: unknown): boolean {
  return (
    error instanceof client.WWWAuthenticateChallengeError &&
    error.cause.every(({ scheme }) => scheme.toLowerCase() !== 'bearer')
  );
}
