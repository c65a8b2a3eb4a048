import { whyNotProviderUrl } from '@clawster/domain/sso/why-not-provider-url';
import * as client from 'openid-client';
import type { ControlPlane } from '../plane.ts';
import { ProviderMistaken } from './provider-sentence.ts';
import { providerFetch, providerTimeoutMs } from './provider-fetch.ts';

/** What a provider is asked with. */
export type ProviderConnection = { issuer: string; clientId: string; clientSecret: string };

/** Finds out where a provider's endpoints are and how it is spoken to; its ID tokens count only if a key of its signed them. */
export async function connectProvider(
  { settings }: Pick<ControlPlane, 'settings'>,
  { issuer, clientId, clientSecret }: ProviderConnection,
): Promise<client.Configuration> {
  const fetch = providerFetch({ allowPrivate: settings.allowPrivateAddresses });
  const timeout = providerTimeoutMs / 1000;
  // What may be spoken to in the clear is judged by `providerFetch`, address for address.
  const found = await client.discovery(new URL(issuer), clientId, {}, client.None(), {
    [client.customFetch]: fetch,
    execute: [client.allowInsecureRequests],
    timeout,
  });
  const server = found.serverMetadata();
  refuseWhatIsMissing(server);
  const configuration = new client.Configuration(
    server,
    clientId,
    clientSecret,
    authenticationOf(server, clientSecret),
  );
  configuration[client.customFetch] = fetch;
  configuration.timeout = timeout;
  client.allowInsecureRequests(configuration);
  client.enableNonRepudiationChecks(configuration);
  return configuration;
}

/** People are sent to the first of these addresses by their browser, so it is judged like those that we ask. */
function refuseWhatIsMissing(server: client.ServerMetadata): void {
  for (const name of ['authorization_endpoint', 'token_endpoint', 'jwks_uri'] as const) {
    const address = server[name];
    if (!address)
      throw new ProviderMistaken(`tells no ${name}: it is no OpenID Connect provider that one signs in with`);
    const reason = whyNotProviderUrl(address);
    if (reason) throw new ProviderMistaken(`tells an address for ${name} that cannot be used: ${reason}`);
  }
}

/** As the standard has it, `client_secret_basic` holds where a provider does not say. */
function authenticationOf(server: client.ServerMetadata, clientSecret: string): client.ClientAuth {
  const methods = server.token_endpoint_auth_methods_supported ?? ['client_secret_basic'];
  return methods.includes('client_secret_basic')
    ? client.ClientSecretBasic(clientSecret)
    : client.ClientSecretPost(clientSecret);
}
