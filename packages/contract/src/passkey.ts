import { z } from 'zod';
import { Empty, Id, Timestamp } from './page.ts';
import { Identity } from './person.ts';
import { CurrentPassword } from './account.ts';
import { route } from './route.ts';

export const PasskeyName = z.string().trim().min(1, 'Name the passkey, such as "This laptop"').max(80);

export const Passkey = z.object({
  id: Id,
  name: PasskeyName,
  createdAt: Timestamp,
  lastUsedAt: Timestamp.optional(),
  /** The host it was made at; browsers offer it nowhere else. */
  host: z.string(),
  /** Whether it stays on one device, or its keeper takes it to others. */
  device: z.enum(['single-device', 'multi-device']),
  isBackedUp: z.boolean(),
});
export type Passkey = z.infer<typeof Passkey>;

/** Bytes as WebAuthn writes them in JSON. */
const Bytes = (max: number) =>
  z
    .string()
    .regex(/^[\w-]+$/, 'Send base64url')
    .min(1)
    .max(max);
/** A credential id has at most 1023 bytes. */
const CredentialId = Bytes(1_364);
const Descriptor = z.object({
  id: CredentialId,
  type: z.literal('public-key'),
  transports: z.array(z.string()).optional(),
});
const credential = {
  id: CredentialId,
  rawId: CredentialId,
  type: z.literal('public-key'),
  clientExtensionResults: z.record(z.string(), z.unknown()).default({}),
};

/** What a browser is asked to make a passkey with: `PublicKeyCredentialCreationOptionsJSON`. */
export const CreationOptions = z.object({
  rp: z.object({ id: z.string(), name: z.string() }),
  user: z.object({ id: z.string(), name: z.string(), displayName: z.string() }),
  challenge: z.string(),
  pubKeyCredParams: z.array(z.object({ alg: z.int(), type: z.literal('public-key') })),
  timeout: z.int(),
  excludeCredentials: z.array(Descriptor),
  authenticatorSelection: z.object({
    residentKey: z.literal('required'),
    requireResidentKey: z.literal(true),
    userVerification: z.literal('required'),
  }),
  attestation: z.literal('none'),
});
export type CreationOptions = z.infer<typeof CreationOptions>;

/** What a browser is asked to use a passkey with: `PublicKeyCredentialRequestOptionsJSON`. */
export const RequestOptions = z.object({
  challenge: z.string(),
  rpId: z.string(),
  timeout: z.int(),
  /** Absent: whichever passkey for this host the person picks. */
  allowCredentials: z.array(Descriptor).optional(),
  userVerification: z.literal('required'),
});
export type RequestOptions = z.infer<typeof RequestOptions>;

/** What a browser made: `RegistrationResponseJSON`. */
export const Attestation = z.object({
  ...credential,
  response: z.object({
    clientDataJSON: Bytes(4_000),
    attestationObject: Bytes(20_000),
    transports: z.array(z.string().max(30)).max(10).optional(),
  }),
});
export type Attestation = z.infer<typeof Attestation>;

/** What a passkey signed: `AuthenticationResponseJSON`. */
export const Assertion = z.object({
  ...credential,
  response: z.object({
    clientDataJSON: Bytes(4_000),
    authenticatorData: Bytes(4_000),
    signature: Bytes(4_000),
    userHandle: Bytes(200).optional(),
  }),
});
export type Assertion = z.infer<typeof Assertion>;

const OnePasskey = z.object({ passkeyId: Id });

/** Keys that prove a person with what they hold and what they know or are. Making and using one needs a browser. */
export const passkeys = {
  list: route({
    method: 'GET',
    path: '/account/passkeys',
    permission: 'signed-in',
    summary: 'Your passkeys',
    input: Empty,
    output: z.object({ items: z.array(Passkey) }),
  }),
  offer: route({
    method: 'POST',
    path: '/account/passkeys/options',
    permission: 'signed-in',
    summary: 'What a browser makes a passkey with, for the next five minutes',
    input: z.object({ password: CurrentPassword }),
    output: CreationOptions,
  }),
  add: route({
    method: 'POST',
    path: '/account/passkeys',
    permission: 'signed-in',
    summary: 'Add the passkey that a browser made; answers recovery codes when you have none',
    input: z.object({ name: PasskeyName, credential: Attestation }),
    output: z.object({ passkey: Passkey, recoveryCodes: z.array(z.string()).optional() }),
  }),
  rename: route({
    method: 'PATCH',
    path: '/account/passkeys/{passkeyId}',
    permission: 'signed-in',
    summary: 'Give one of your passkeys another name',
    input: OnePasskey.extend({ name: PasskeyName }),
    output: Empty,
  }),
  remove: route({
    method: 'POST',
    path: '/account/passkeys/{passkeyId}/removal',
    permission: 'signed-in',
    summary: 'Remove one of your passkeys; it lets nobody in any more',
    input: OnePasskey.extend({ password: CurrentPassword }),
    output: Empty,
  }),
  ask: route({
    method: 'POST',
    path: '/sessions/passkey/options',
    permission: 'public',
    summary: 'What a browser uses a passkey with, to sign in or as the second step of a sign-in',
    /** The challenge of the second step, when it is for that. */
    input: z.object({ challenge: z.string().min(1).max(200).optional() }),
    output: RequestOptions,
  }),
  signIn: route({
    method: 'POST',
    path: '/sessions/passkey',
    permission: 'public',
    summary: 'Sign in with a passkey alone (sets the session cookie)',
    input: z.object({ credential: Assertion }),
    output: Identity,
  }),
  secondStep: route({
    method: 'POST',
    path: '/sessions/second-step/passkey',
    permission: 'public',
    summary: 'Prove the second factor that a sign-in asked for with a passkey (sets the session cookie)',
    input: z.object({ challenge: z.string().min(1).max(200), credential: Assertion }),
    output: Identity,
  }),
};
