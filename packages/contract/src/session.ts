import { z } from 'zod';
import { Empty, Id, Timestamp } from './page.ts';
import { Email, Identity } from './person.ts';
import { route } from './route.ts';

export const SignIn = z.object({
  email: Email,
  password: z.string().min(1, 'Enter the password').max(256),
  /** The token of an invitation to this e-mail address, to accept it with an account that exists. */
  invitation: z.string().min(1).max(200).optional(),
});
export type SignIn = z.infer<typeof SignIn>;

/** What is proved by a code that a person types. */
export const CodeFactor = z.enum(['totp', 'recovery-code']);
export type CodeFactor = z.infer<typeof CodeFactor>;

export const SecondFactor = z.enum([...CodeFactor.options, 'passkey']);
export type SecondFactor = z.infer<typeof SecondFactor>;

/** Signed in, or the password was right and a second factor is asked for: `challenge` opens the second step and nothing else. */
export const SignInAnswer = z.discriminatedUnion('state', [
  z.object({ state: z.literal('signed-in'), identity: Identity }),
  z.object({
    state: z.literal('second-step'),
    challenge: z.string(),
    expiresAt: Timestamp,
    factors: z.array(SecondFactor),
  }),
]);
export type SignInAnswer = z.infer<typeof SignInAnswer>;

export const SecondStep = z.object({
  challenge: z.string().min(1).max(200),
  factor: CodeFactor,
  code: z.string().trim().min(1, 'Enter the code').max(40),
});
export type SecondStep = z.infer<typeof SecondStep>;

export const Session = z.object({
  id: Id,
  createdAt: Timestamp,
  lastSeenAt: Timestamp,
  expiresAt: Timestamp,
  /** From where and with what it was opened, as the server saw it. */
  address: z.string(),
  userAgent: z.string(),
  current: z.boolean(),
});
export type Session = z.infer<typeof Session>;

export const sessions = {
  signIn: route({
    method: 'POST',
    path: '/sessions',
    permission: 'public',
    summary: 'Sign in with e-mail and password (sets the session cookie), or be asked for a second factor',
    input: SignIn,
    output: SignInAnswer,
  }),
  secondStep: route({
    method: 'POST',
    path: '/sessions/second-step',
    permission: 'public',
    summary: 'Prove the second factor that a sign-in asked for by its code (sets the session cookie)',
    input: SecondStep,
    output: Identity,
  }),
  current: route({
    method: 'GET',
    path: '/session',
    permission: 'signed-in',
    summary: 'Who is asking, in which workspace, and with which permissions',
    input: Empty,
    output: Identity,
  }),
  signOut: route({
    method: 'DELETE',
    path: '/session',
    permission: 'signed-in',
    summary: 'Sign out',
    input: Empty,
    output: Empty,
  }),
  switch: route({
    method: 'POST',
    path: '/session/workspace',
    permission: 'signed-in',
    summary:
      'Go on in another workspace of the person who asks: a session there in place of this one (sets its cookie)',
    input: z.object({ workspaceId: Id }),
    output: Identity,
  }),
  list: route({
    method: 'GET',
    path: '/sessions',
    permission: 'signed-in',
    summary: "The caller's own open sessions",
    input: Empty,
    output: z.object({ items: z.array(Session) }),
  }),
  revoke: route({
    method: 'DELETE',
    path: '/sessions/{sessionId}',
    permission: 'signed-in',
    summary: "Close one of the caller's own sessions at once",
    input: z.object({ sessionId: Id }),
    output: Empty,
  }),
};
