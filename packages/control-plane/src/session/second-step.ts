import { setTimeout as sleep } from 'node:timers/promises';
import { api } from '@clawster/contract/api';
import type { SecondStep } from '@clawster/contract/session';
import { Refusal } from '@clawster/domain/refusal';
import type { Caller } from '../caller.ts';
import { keep } from '../change.ts';
import type { NewEvent } from '../event/recorder.ts';
import { parseInput } from '../enter.ts';
import type { ControlPlane } from '../plane.ts';
import { tryChallenge, useChallenge } from '../second-factor/challenge.queries.ts';
import { useFactor } from '../second-factor/use-factor.ts';
import { type Account, letIn, tellRefused } from './let-in.ts';
import type { OpenedSession } from './open-session.ts';
import { refusedAfterMs } from './sign-in.ts';
import { countSecondStep, forgiveAttempts, forgiveSecondStep } from './sign-in-limits.ts';
import { hashToken } from './token.ts';

/** Opens the session that a right password asked for, once its second factor is proved by a code. */
export async function secondStep(plane: ControlPlane, caller: Caller, raw: unknown): Promise<OpenedSession> {
  const input = parseInput(api.sessions.secondStep, raw);
  const notBefore = sleep(refusedAfterMs);
  const asked = await beginSecondStep(plane, input.challenge);
  const { account } = asked;
  if (!(await useFactor(plane, account.id, input))) {
    await tellRefused(plane, caller, account);
    await notBefore;
    throw codeRefused(input);
  }
  const told = { type: 'person-recovery-code-used', subjectId: account.id, subjectName: account.name } as const;
  return endSecondStep(plane, caller, { asked, ...(input.factor === 'recovery-code' ? { told } : {}) });
}

export type AskedStep = {
  account: Account;
  passwordHash: string | null;
  invitationHash: Buffer | undefined;
  tokenHash: Buffer;
};

/** Whose second step a challenge asks for; counts the try, and refuses when there were too many. */
export async function beginSecondStep(plane: ControlPlane, challenge: string): Promise<AskedStep> {
  const tokenHash = hashToken(challenge);
  const asked = await keep(plane, (tx) => tryChallenge(tx, tokenHash));
  if (!asked) throw challengeEnded();
  const { invitationHash, passwordHash, ...account } = asked;
  await countSecondStep(plane, account.id);
  return { account, passwordHash, invitationHash: invitationHash ?? undefined, tokenHash };
}

/** Uses the challenge up and lets its person in, who has proved the second factor. */
export async function endSecondStep(
  plane: ControlPlane,
  caller: Caller,
  { asked, told }: { asked: AskedStep; told?: NewEvent },
): Promise<OpenedSession> {
  const { account, passwordHash, invitationHash, tokenHash } = asked;
  if (!(await keep(plane, (tx) => useChallenge(tx, tokenHash)))) throw challengeEnded();
  await forgiveSecondStep(plane, account.id);
  await forgiveAttempts(plane, account.email.toLowerCase(), caller.address);
  return letIn(plane, caller, { account, passwordHash, invitationHash, ...(told ? { told } : {}) });
}

/** For a challenge that opens nothing any more. */
export function challengeEnded(): Refusal {
  return new Refusal(
    'forbidden',
    'This sign-in took too long, or was tried too often: begin again with the passphrase',
  );
}

function codeRefused({ factor }: SecondStep): Refusal {
  const message =
    factor === 'totp'
      ? 'This code is not right, or was used: enter the one the app shows next'
      : 'This is no recovery code of yours, or it was used: take another';
  return Refusal.at('code', 'not-signed-in', message);
}
