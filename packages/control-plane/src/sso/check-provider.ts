import * as client from 'openid-client';
import type { ControlPlane } from '../plane.ts';
import { connectProvider, type ProviderConnection } from './connect-provider.ts';
import { redirectUrl } from './redirect-url.ts';
import { sentenceForClient, sentenceForProvider } from './provider-sentence.ts';

/** Why one cannot sign in at this provider, with the setting to mend; undefined when one can, as far as it can be asked. */
export async function whyNotProvider(
  plane: Pick<ControlPlane, 'settings'>,
  connection: ProviderConnection,
): Promise<{ path: 'issuer' | 'clientSecret'; message: string } | undefined> {
  try {
    const configuration = await connectProvider(plane, connection);
    const message = await whyNotClient(configuration, redirectUrl(plane));
    return message === undefined ? undefined : { path: 'clientSecret', message };
  } catch (error) {
    return { path: 'issuer', message: sentenceForProvider(error, connection.issuer) };
  }
}

/** Asks with a code that cannot be right: a provider that says so, and not that it does not know us, knows us. */
async function whyNotClient(configuration: client.Configuration, redirect: string): Promise<string | undefined> {
  const parameters = { redirect_uri: redirect, code: 'clawster-test', code_verifier: client.randomPKCECodeVerifier() };
  try {
    await client.genericGrantRequest(configuration, 'authorization_code', parameters);
    return undefined;
  } catch (error) {
    const why = sentenceForClient(error);
    if (why) return why;
    // Some refuse such a code in a form of their own: what counts is that it was not us whom they refused.
    const answered = error instanceof client.ResponseBodyError || error instanceof client.ClientError;
    if (answered && error.code !== 'OAUTH_TIMEOUT') return undefined;
    throw error;
  }
}
