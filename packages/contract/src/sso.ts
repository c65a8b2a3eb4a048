import { z } from 'zod';
import { Empty, Id, Timestamp } from './page.ts';
import { Role } from './permission.ts';
import { Identity } from './person.ts';
import { route } from './route.ts';

/** The path of the dashboard that a provider sends browsers back to. */
export const ssoReturnPath = '/sign-in/sso';

const unique = (items: readonly string[]) => new Set(items).size === items.length;
const GroupName = z.string().trim().min(1, 'Name the group, as the provider spells it').max(200);
const Scope = z.string().regex(/^[\x21\x23-\x5b\x5d-\x7e]{1,100}$/, 'A scope is a word such as profile');
const Domain = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z0-9-]{2,63}$/, 'Enter a domain such as example.com')
  .max(253);

export const GroupRole = z.object({ group: GroupName, role: Role });
export type GroupRole = z.infer<typeof GroupRole>;

const settings = {
  name: z.string().trim().min(1, 'Name it as people know it, for example "Acme"').max(60),
  issuer: z.url({ protocol: /^https?$/, error: 'Enter a URL such as https://login.example.com' }).max(500),
  clientId: z.string().trim().min(1, 'Enter the client id that the provider shows').max(300),
  scopes: z
    .array(Scope)
    .max(20)
    .refine((scopes) => scopes.includes('openid') && unique(scopes), 'Name each scope once, openid among them')
    .default(['openid', 'email', 'profile']),
  /** The claim that holds the groups: a list of names, or one name. */
  groupsClaim: z.string().trim().min(1, 'Name the claim, often groups').max(200).default('groups'),
  groupRoles: z
    .array(GroupRole)
    .max(200)
    .refine((all) => unique(all.map(({ group }) => group)), 'Name each group once')
    .default([]),
  /** Of who is in no group that is mapped; absent: they are refused. */
  defaultRole: Role.optional(),
  /** Whose verified addresses find or make an account at the first sign-in. */
  emailDomains: z.array(Domain).min(1, 'Name at least one domain, such as example.com').max(50).refine(unique),
  /** Whether somebody without an account gets one at their first sign-in. */
  makesAccounts: z.boolean().default(false),
};

export const IdentityProvider = z.object({ id: Id, ...settings, updatedAt: Timestamp });
export type IdentityProvider = z.infer<typeof IdentityProvider>;

export const ClientSecret = z.string().trim().min(1, 'Enter the client secret').max(1000);
/** An absent secret keeps the stored one, which goes only to the issuer and client it was entered for. */
export const SetIdentityProvider = z.object({ ...settings, clientSecret: ClientSecret.optional() });
export type SetIdentityProvider = z.infer<typeof SetIdentityProvider>;

export const SsoCheck = z.object({ ok: z.boolean(), message: z.string(), checkedAt: Timestamp });
export type SsoCheck = z.infer<typeof SsoCheck>;

/** How the provider ended its part, as its answer's parameters say. */
export const SsoAnswer = z.object({
  state: z.string().min(1, 'Begin at the sign-in page').max(200),
  code: z.string().min(1).max(4000).optional(),
  /** Who answers (RFC 9207). */
  iss: z.string().max(500).optional(),
  error: z.string().max(200).optional(),
});
export type SsoAnswer = z.infer<typeof SsoAnswer>;

export const sso = {
  show: route({
    method: 'GET',
    path: '/sso',
    permission: 'person:manage',
    summary: 'The identity provider of the workspace, without its secret, and where it must send browsers back to',
    input: Empty,
    output: z.object({ provider: IdentityProvider.optional(), redirectUrl: z.string() }),
  }),
  set: route({
    method: 'PUT',
    path: '/sso',
    permission: 'person:manage',
    summary: 'Set or replace the identity provider of the workspace; it is asked first, and refused if it is not one',
    input: SetIdentityProvider,
    output: IdentityProvider,
  }),
  test: route({
    method: 'POST',
    path: '/sso/test',
    permission: 'person:manage',
    summary: 'Ask the identity provider whether it is there and knows our client id and secret',
    input: Empty,
    output: SsoCheck,
  }),
  remove: route({
    method: 'DELETE',
    path: '/sso',
    permission: 'person:manage',
    summary: 'Remove the identity provider: nobody signs in by it any more; accounts and open sessions stay',
    input: Empty,
    output: Empty,
  }),
  offers: route({
    method: 'GET',
    path: '/sso/offers',
    permission: 'public',
    summary: 'The identity providers one may sign in with',
    input: Empty,
    output: z.object({ items: z.array(z.object({ id: Id, name: z.string() })) }),
  }),
  begin: route({
    method: 'POST',
    path: '/sessions/sso',
    permission: 'public',
    summary: 'Where to send the browser to sign in at an identity provider (sets a cookie that knows it again)',
    input: z.object({ providerId: Id, returnTo: z.string().max(2000).optional() }),
    output: z.object({ url: z.string() }),
  }),
  finish: route({
    method: 'POST',
    path: '/sessions/sso/answer',
    permission: 'public',
    summary: "Sign in with an identity provider's answer, once, in the browser that was sent (sets the session cookie)",
    input: SsoAnswer,
    output: z.object({ identity: Identity, returnTo: z.string() }),
  }),
};
