import type { IdentityProvider } from '../testing/identity-provider.ts';
import type { TestApp } from './test-app.ts';
import { ask, type Body, type Credential } from './test-people.ts';

export const redirectUrl = 'http://127.0.0.1:4500/sign-in/sso';

/** What these tests set, as far as it is always the same. */
export const settingsFor = (provider: IdentityProvider, more: object = {}) => ({
  name: 'Acme',
  issuer: provider.issuer,
  clientId: provider.clientId,
  clientSecret: provider.clientSecret,
  scopes: ['openid', 'email', 'profile', 'groups'],
  emailDomains: ['example.com'],
  makesAccounts: true,
  groupRoles: [
    { group: 'everyone', role: 'viewer' },
    { group: 'ops', role: 'operator' },
    { group: 'platform', role: 'admin' },
  ],
  ...more,
});

export async function setProvider(app: TestApp, as: Credential, settings: object): Promise<string> {
  const { status, body } = await ask(app, 'PUT /sso', { as, body: settings });
  if (status !== 200) throw new Error(`The provider was not set: ${JSON.stringify(body)}`);
  return body['id'] as string;
}

export type Finished = { status: number; body: Body; as: Credential; returnTo: unknown };

async function post(app: Pick<TestApp, 'url'>, path: string, { body, cookie = '' }: { body: object; cookie?: string }) {
  const response = await fetch(`${app.url}/api/v1${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', cookie },
    body: JSON.stringify(body),
  });
  return { status: response.status, body: (await response.json()) as Body, cookies: response.headers.getSetCookie() };
}

/** Sends a browser away: where to, and the cookie it is known by. */
export async function begin(app: Pick<TestApp, 'url'>, providerId: string, returnTo?: string) {
  const { status, body, cookies } = await post(app, '/sessions/sso', {
    body: { providerId, ...(returnTo ? { returnTo } : {}) },
  });
  return { status, body, url: (body['url'] ?? '') as string, cookies, cookie: cookies[0]?.split(';')[0] ?? '' };
}

/** Hands in what the provider answered. */
export async function finish(app: Pick<TestApp, 'url'>, back: URL, cookie: string): Promise<Finished> {
  const answer = Object.fromEntries(back.searchParams);
  const { status, body, cookies } = await post(app, '/sessions/sso/answer', { body: answer, cookie });
  const session = cookies.find((one) => one.startsWith('clawster-session-4500='))?.split(';')[0];
  return { status, body, as: { cookie: session ?? '' }, returnTo: body['returnTo'] };
}

/** The whole way, from the sign-in page over the provider and back. */
export async function signInAt(
  { app, provider, providerId }: { app: Pick<TestApp, 'url'>; provider: IdentityProvider; providerId: string },
  login: string,
): Promise<Finished> {
  const { url, cookie } = await begin(app, providerId);
  return finish(app, await provider.visit(url, login), cookie);
}
