import { setTimeout as sleep } from 'node:timers/promises';
import { api } from '@clawster/contract/api';
import type { SignInAnswer } from '@clawster/contract/session';
import { Refusal } from '@clawster/domain/refusal';
import type { Caller } from '../caller.ts';
import { keep } from '../change.ts';
import { databaseNow } from '../database-now.ts';
import { parseInput } from '../enter.ts';
import type { ControlPlane } from '../plane.ts';
import { systemQuery } from '../query.ts';
import { insertChallenge } from '../second-factor/challenge.queries.ts';
import { findFactors } from '../second-factor/factor.queries.ts';
import { letIn, type Proved, refuseChanged, tellRefused } from './let-in.ts';
import type { OpenedSession } from './open-session.ts';
import { isPassword } from './password.ts';
import { findAccount } from './session.queries.ts';
import { countAttempt, forgiveAttempts } from './sign-in-limits.ts';
import { hashToken, newToken } from './token.ts';

/** A refusal comes so long after the passphrase was looked at, so that the event it leaves for an account that exists is not told by the time. */
export const refusedAfterMs = 200;
const challengeMinutes = 5;

type SecondStepAsked = Extract<SignInAnswer, { state: 'second-step' }>;

/**
 * Opens a session for the right e-mail and password, or asks for the second factor of who has one; which of the two was
 * wrong is told by neither words nor time. With an invitation to this address, its workspace is joined by it.
 */
export async function signIn(
  plane: ControlPlane,
  caller: Caller,
  raw: unknown,
): Promise<OpenedSession | SecondStepAsked> {
  const { email, password, invitation } = parseInput(api.sessions.signIn, raw);
  await countAttempt(plane, email, caller.address);
  const account = await systemQuery(plane, (tx) => findAccount(tx, email));
  const right = await isPassword(password, account?.passwordHash);
  if (!account || !right) {
    // From here on: how long the hash takes depends on how busy the server is, and may be longer than any time to wait.
    const notBefore = sleep(refusedAfterMs);
    if (account) await tellRefused(plane, caller, account);
    await notBefore;
    throw new Refusal('not-signed-in', 'No account has this e-mail and password');
  }
  const { passwordHash } = account;
  const proved = {
    account,
    passwordHash,
    invitationHash: invitation === undefined ? undefined : hashToken(invitation),
  };
  const factors = await systemQuery(plane, (tx) => findFactors(tx, account.id));
  // What was counted is forgiven when all is proved: a known password must not buy endless tries of the second step.
  if (factors.totpSince || factors.passkeys > 0) return askSecondStep(plane, proved, factors);
  await forgiveAttempts(plane, email, caller.address);
  return letIn(plane, caller, proved);
}

async function askSecondStep(
  plane: ControlPlane,
  { account, passwordHash, invitationHash }: Proved,
  { totpSince, passkeys, recoveryCodesLeft }: Awaited<ReturnType<typeof findFactors>>,
): Promise<SecondStepAsked> {
  const challenge = newToken();
  const expiresAt = await keep(plane, async (tx) => {
    if (passwordHash !== undefined) await refuseChanged(tx, account.id, passwordHash);
    const end = new Date((await databaseNow(tx)).getTime() + challengeMinutes * 60_000);
    const tokenHash = hashToken(challenge);
    await insertChallenge(tx, {
      tokenHash,
      personId: account.id,
      invitationHash: invitationHash ?? null,
      expiresAt: end,
    });
    return end;
  });
  return {
    state: 'second-step',
    challenge,
    expiresAt: expiresAt.toISOString(),
    factors: [
      ...(totpSince ? (['totp'] as const) : []),
      ...(passkeys > 0 ? (['passkey'] as const) : []),
      ...(recoveryCodesLeft > 0 ? (['recovery-code'] as const) : []),
    ],
  };
}
