import * as client from 'openid-client';
import { AddressRefused } from '../outward/address.ts';
import { hostOf } from './provider-fetch.ts';

/** A provider that answered, but with what cannot be used; says in words after its name what is wrong. */
export class ProviderMistaken extends Error {}

const byCode: Record<string, string> = {
  ENOTFOUND: 'has no address: check the spelling of the issuer',
  EAI_AGAIN: 'could not be looked up: check the network and DNS of this machine',
  ECONNREFUSED: 'refuses connections: check the port, and that the provider is running',
  ECONNRESET: 'broke the connection off: check the issuer and its port',
  EHOSTUNREACH: 'cannot be reached from this machine',
  ENETUNREACH: 'cannot be reached from this machine',
  UND_ERR_CONNECT_TIMEOUT: 'did not answer in time: check the issuer, and any firewall in between',
  UND_ERR_RES_EXCEEDED_MAX_SIZE: 'answered with far more than a provider would: check the issuer',
  UND_ERR_SOCKET: 'broke the connection off: check that the issuer has the right http or https',
  EPROTO: 'does not speak TLS there: correct the port',
  OAUTH_TIMEOUT: 'did not answer in 10 seconds: check the issuer, and any firewall in between',
  OAUTH_RESPONSE_IS_NOT_CONFORM: 'has no OpenID Connect discovery there: check the issuer, often it has a path',
  OAUTH_RESPONSE_IS_NOT_JSON: 'answered with a page instead of its discovery: check the issuer, often it has a path',
  OAUTH_PARSE_ERROR: 'answered with what is no JSON: check the issuer',
  OAUTH_INVALID_RESPONSE: 'answered with what no provider answers: check the issuer',
  OAUTH_JSON_ATTRIBUTE_COMPARISON_FAILED: 'calls itself otherwise: enter the issuer exactly as its discovery spells it',
};

/** What kept us from asking a provider, or was wrong with its answer, and what to do. */
export function sentenceForProvider(error: unknown, issuer: string): string {
  const host = hostOf(issuer);
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if (cause instanceof AddressRefused) return `Clawster does not connect there: ${cause.message}`;
    if (cause instanceof ProviderMistaken) return `${host} ${cause.message}`;
    if (cause.name === 'TimeoutError') return `${host} ${byCode['OAUTH_TIMEOUT']}`;
    const code = (cause as { code?: unknown }).code;
    if (typeof code !== 'string') continue;
    if (/CERT|SSL|TLS|SELF_SIGNED|UNABLE_TO_VERIFY/.test(code))
      return `${host} has no certificate this machine trusts (${code}): correct the certificate, or the issuer`;
    const known = byCode[code];
    if (known) return `${host} ${known}`;
  }
  return `${host} could not be asked: ${error instanceof Error ? error.message.slice(0, 200) : 'no reason given'}`;
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
