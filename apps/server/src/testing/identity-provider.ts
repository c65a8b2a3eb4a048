import { createSign, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Provider } from 'oidc-provider';

export type ProviderUser = { email?: string; email_verified?: boolean; name?: string; groups?: string[] };
type Claims = Record<string, unknown>;

/** A real OpenID Connect provider on loopback, whose ID tokens can be meddled with on their way. */
export type IdentityProvider = {
  issuer: string;
  clientId: string;
  clientSecret: string;
  /** By what they enter as their login; any password will do. */
  users: Map<string, ProviderUser>;
  /** What becomes of the next ID tokens; absent: nothing. */
  meddle: ((idToken: string) => string | undefined) | undefined;
  /** A token with the provider's own signature, of the claims of another one. */
  sign(claims: Claims, options?: { key?: KeyObject; header?: Claims }): string;
  /** Goes to the provider as a browser that signs in there; where it is sent back to. */
  visit(url: string, login: string): Promise<URL>;
  close(): Promise<void>;
};

const kid = 'test';

export async function startIdentityProvider(redirectUrls: string[]): Promise<IdentityProvider> {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const client = { clientId: 'clawster', clientSecret: 'a client secret that nobody may see' };
  const users = new Map<string, ProviderUser>();
  const provider = oidcProvider(issuer, { ...client, users, redirectUrls, privateKey });
  const running: IdentityProvider = {
    issuer,
    ...client,
    users,
    meddle: undefined,
    sign: (claims, { key = privateKey, header = {} } = {}) => signed({ alg: 'RS256', kid, ...header }, claims, key),
    visit: (url, login) => visit(url, { issuer, login }),
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
  const handle = provider.callback();
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    if (request.url === '/token' && running.meddle) meddleWith(response, running.meddle);
    void handle(request, response);
  });
  return running;
}

type Settings = {
  clientId: string;
  clientSecret: string;
  users: Map<string, ProviderUser>;
  redirectUrls: string[];
  privateKey: KeyObject;
};

function oidcProvider(issuer: string, { clientId, clientSecret, users, redirectUrls, privateKey }: Settings): Provider {
  const key = { ...privateKey.export({ format: 'jwk' }), kid, use: 'sig', alg: 'RS256' };
  return new Provider(issuer, {
    clients: [{ client_id: clientId, client_secret: clientSecret, redirect_uris: redirectUrls }],
    jwks: { keys: [key as never] },
    cookies: { keys: ['test'] },
    scopes: ['openid', 'email', 'profile', 'groups'],
    claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'], groups: ['groups'] },
    findAccount: (_, id) => ({ accountId: id, claims: () => ({ sub: id, ...users.get(id) }) }),
    // Consent is the provider's own affair: given by all to all.
    async loadExistingGrant({ oidc }) {
      const grant = new oidc.provider.Grant({ accountId: oidc.session?.accountId, clientId: oidc.client?.clientId });
      grant.addOIDCScope('openid email profile groups');
      await grant.save();
      return grant;
    },
  });
}

function signed(header: Claims, claims: Claims, key: KeyObject): string {
  const part = (value: Claims) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const text = `${part(header)}.${part(claims)}`;
  return `${text}.${createSign('RSA-SHA256').update(text).sign(key, 'base64url')}`;
}

/** What a token says, whoever signed it. */
export function claimsOf(idToken: string): Claims {
  return JSON.parse(Buffer.from(idToken.split('.')[1] ?? '', 'base64url').toString()) as Claims;
}

function meddleWith(response: ServerResponse, meddle: (idToken: string) => string | undefined): void {
  const end = response.end.bind(response) as (chunk: string) => ServerResponse;
  response.end = ((chunk: string | Buffer) => {
    const body = JSON.parse(String(chunk)) as { id_token?: string };
    if (body.id_token) body.id_token = meddle(body.id_token);
    const text = JSON.stringify(body);
    response.setHeader('content-length', Buffer.byteLength(text));
    return end(text);
  }) as typeof response.end;
}

async function visit(start: string, { issuer, login }: { issuer: string; login: string }): Promise<URL> {
  const cookies = new Map<string, string>();
  let url = new URL(start);
  let form: URLSearchParams | undefined;
  for (let step = 0; step < 10; step += 1) {
    if (url.origin !== issuer) return url;
    const response = await fetch(url, {
      redirect: 'manual',
      headers: { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
      ...(form ? { method: 'POST', body: form } : {}),
    });
    for (const cookie of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
      cookies.set(name, value);
    }
    const location = response.headers.get('location');
    form = location ? undefined : new URLSearchParams({ prompt: 'login', login, password: 'any' });
    if (location) url = new URL(location, url);
    else if (response.status !== 200)
      throw new Error(`The provider answered ${response.status}: ${await response.text()}`);
  }
  throw new Error(`The provider leads nowhere: ${url.href}`);
}
