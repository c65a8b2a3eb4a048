import { z } from 'zod';
import { Empty } from './page.ts';
import { Email, Password, PersonName } from './person.ts';
import { route } from './route.ts';

/** One's own password, proved once more before something that a session alone must not do. */
export const CurrentPassword = z.string().min(1, 'Enter your passphrase').max(256);

export const ChangeEmail = z.object({ email: Email, password: CurrentPassword });
export type ChangeEmail = z.infer<typeof ChangeEmail>;

export const ChangePassword = z.object({ password: CurrentPassword, newPassword: Password });
export type ChangePassword = z.infer<typeof ChangePassword>;

/** Of the person who asks; a key has no profile. */
export const profile = {
  rename: route({
    method: 'PATCH',
    path: '/profile',
    permission: 'signed-in',
    summary: 'Change your own name',
    input: z.object({ name: PersonName }),
    output: Empty,
  }),
  changeEmail: route({
    method: 'POST',
    path: '/profile/email',
    permission: 'signed-in',
    summary: 'Change the e-mail address you sign in with',
    input: ChangeEmail,
    output: Empty,
  }),
  changePassword: route({
    method: 'POST',
    path: '/profile/password',
    permission: 'signed-in',
    summary: 'Change your password; your other sessions are closed',
    input: ChangePassword,
    output: Empty,
  }),
  remove: route({
    method: 'POST',
    path: '/profile/removal',
    permission: 'signed-in',
    summary: 'Remove your own account, with your sessions, keys and invitations, from every workspace',
    input: z.object({ password: CurrentPassword }),
    output: Empty,
  }),
};
