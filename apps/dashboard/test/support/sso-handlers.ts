import { randomUUID } from 'node:crypto';
import type { IdentityProvider, SetIdentityProvider } from '@clawster/contract/sso';
import { ago } from './fleet.ts';
import { Refused } from './refused.ts';
import { type Handler, identityOf } from './world.ts';

export const redirectUrl = 'http://127.0.0.1:4500/sign-in/sso';

export const someProvider = (): IdentityProvider => ({
  id: randomUUID(),
  name: 'Acme',
  issuer: 'https://login.acme.example',
  clientId: 'clawster',
  scopes: ['openid', 'email', 'profile', 'groups'],
  groupsClaim: 'groups',
  groupRoles: [
    { group: 'platform', role: 'admin' },
    { group: 'everyone', role: 'viewer' },
  ],
  emailDomains: ['acme.example'],
  makesAccounts: true,
  updatedAt: ago(4_000),
});

export const ssoHandlers: Record<string, Handler> = {
  'sso.show': ({ identityProvider }) => ({ redirectUrl, ...(identityProvider ? { provider: identityProvider } : {}) }),
  'sso.set': (world, { clientSecret, ...settings }: SetIdentityProvider) => {
    const message = 'The provider does not know this client id with this client secret: copy both again';
    if (clientSecret === 'wrong') throw new Refused('invalid', message, [{ path: 'clientSecret', message }]);
    world.identityProvider = { ...someProvider(), ...settings, updatedAt: ago(0) };
    return world.identityProvider;
  },
  'sso.test': () => ({ ok: true, message: 'Acme answers, and knows our client id and secret', checkedAt: ago(0) }),
  'sso.remove': (world) => {
    delete world.identityProvider;
    return {};
  },
  'sso.offers': ({ identityProvider }) => ({
    items: identityProvider ? [{ id: identityProvider.id, name: identityProvider.name }] : [],
  }),
  'sso.begin': (world, { returnTo = '/' }: { returnTo?: string }) => ({
    url: `/sign-in/sso?state=state-1&code=${world.providerRefuses ? 'bad' : 'good'}-code&iss=${encodeURIComponent(returnTo)}`,
  }),
  'sso.finish': (world, { code, iss }: { code?: string; iss?: string }) => {
    if (code !== 'good-code')
      throw new Refused('forbidden', 'You are in none of the groups of Acme that are let in here');
    world.signedIn = true;
    return { identity: identityOf(world), returnTo: iss ?? '/' };
  },
};
