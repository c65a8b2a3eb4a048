import { z } from 'zod';
import { Empty, Timestamp } from './page.ts';
import { Email, Password } from './person.ts';
import { route } from './route.ts';

/** The path of the dashboard that a reset link leads to. */
export const resetPath = '/reset';

export const AskReset = z.object({ email: Email });
export type AskReset = z.infer<typeof AskReset>;

const ResetToken = z.string().min(1, 'Open the link you were given').max(200);

/** Whose passphrase the holder of a link may choose anew. */
export const ResetOffer = z.object({ name: z.string(), email: z.string(), expiresAt: Timestamp });
export type ResetOffer = z.infer<typeof ResetOffer>;

export const UseReset = z.object({ token: ResetToken, password: Password });
export type UseReset = z.infer<typeof UseReset>;

/** A way back in for who forgot their passphrase. */
export const passwordResets = {
  show: route({
    method: 'GET',
    path: '/password-resets',
    permission: 'public',
    summary: 'Whether links to choose a new password are mailed at all',
    input: Empty,
    output: z.object({ byMail: z.boolean() }),
  }),
  ask: route({
    method: 'POST',
    path: '/password-resets',
    permission: 'public',
    summary:
      'Ask for a link to choose a new password; whether there is such an account is told to its address alone, by mail',
    input: AskReset,
    output: Empty,
  }),
  lookUp: route({
    method: 'POST',
    path: '/password-resets/look-up',
    permission: 'public',
    summary: 'Whose password the holder of a link may choose anew',
    input: z.object({ token: ResetToken }),
    output: ResetOffer,
  }),
  use: route({
    method: 'POST',
    path: '/password-resets/use',
    permission: 'public',
    summary:
      'Choose a new password with a link, once: all sessions of the person are closed. It signs nobody in, so a second factor is asked for as always',
    input: UseReset,
    output: Empty,
  }),
};
