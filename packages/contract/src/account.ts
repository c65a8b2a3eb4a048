import { z } from 'zod';
import { Empty, Timestamp } from './page.ts';
import { Email, Password, PersonName } from './person.ts';
import { route } from './route.ts';

/** One's own password, proved once more before something that a session alone must not do. */
export const CurrentPassword = z.string().min(1, 'Enter your passphrase').max(256);

export const ChangeEmail = z.object({ email: Email, password: CurrentPassword });
export type ChangeEmail = z.infer<typeof ChangeEmail>;

export const ChangePassword = z.object({ password: CurrentPassword, newPassword: Password });
export type ChangePassword = z.infer<typeof ChangePassword>;

/** What the person signs in with beside the password. */
export const Factors = z.object({
  totp: z.object({ since: Timestamp }).optional(),
  passkeys: z.int().nonnegative(),
  recoveryCodesLeft: z.int().nonnegative(),
});
export type Factors = z.infer<typeof Factors>;

const Proof = z.object({ password: CurrentPassword });
/** Told once; only their hashes are kept. */
const RecoveryCodes = z.object({ recoveryCodes: z.array(z.string()) });

/** Of the person who asks; a key has no account. */
export const account = {
  rename: route({
    method: 'PATCH',
    path: '/account',
    permission: 'signed-in',
    summary: 'Change your own name',
    input: z.object({ name: PersonName }),
    output: Empty,
  }),
  changeEmail: route({
    method: 'POST',
    path: '/account/email',
    permission: 'signed-in',
    summary: 'Change the e-mail address you sign in with',
    input: ChangeEmail,
    output: Empty,
  }),
  changePassword: route({
    method: 'POST',
    path: '/account/password',
    permission: 'signed-in',
    summary: 'Change your password; your other sessions are closed',
    input: ChangePassword,
    output: Empty,
  }),
  remove: route({
    method: 'POST',
    path: '/account/removal',
    permission: 'signed-in',
    summary: 'Remove your own account, with your sessions, keys and invitations, from every workspace',
    input: Proof,
    output: Empty,
  }),
  factors: route({
    method: 'GET',
    path: '/account/factors',
    permission: 'signed-in',
    summary: 'What you sign in with beside the password',
    input: Empty,
    output: Factors,
  }),
  offerTotp: route({
    method: 'POST',
    path: '/account/totp',
    permission: 'signed-in',
    summary: 'A fresh secret for an authenticator app; it asks for no code until a first one confirmed it',
    input: Proof,
    output: z.object({ secret: z.string(), uri: z.string() }),
  }),
  confirmTotp: route({
    method: 'POST',
    path: '/account/totp/confirm',
    permission: 'signed-in',
    summary:
      'Confirm the authenticator app with a code of it, in place of an earlier one; answers fresh recovery codes',
    input: z.object({ code: z.string().trim().min(1, 'Enter the code that the app shows').max(20) }),
    output: RecoveryCodes,
  }),
  removeTotp: route({
    method: 'POST',
    path: '/account/totp/removal',
    permission: 'signed-in',
    summary: 'Ask for no code of the authenticator app any more; recovery codes end with the last factor',
    input: Proof,
    output: Empty,
  }),
  makeRecoveryCodes: route({
    method: 'POST',
    path: '/account/recovery-codes',
    permission: 'signed-in',
    summary: 'Ten fresh recovery codes, in place of all earlier ones; they are in this answer and never again',
    input: Proof,
    output: RecoveryCodes,
  }),
};
