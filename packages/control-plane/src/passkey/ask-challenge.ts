import { Refusal } from '@clawster/domain/refusal';
import { whyNoPasskeysAt } from '@clawster/domain/passkey/where';
import { keep } from '../change.ts';
import type { ControlPlane } from '../plane.ts';
import { hashToken, newToken } from '../session/token.ts';
import { insertPasskeyChallenge, type Purpose, takePasskeyChallenge } from './challenge.queries.ts';
import { challengeIn } from './web-authn.ts';

const minutes = 5;

/** A fresh challenge for a passkey, good once at this origin; refused where no browser would sign it. */
export async function askChallenge(
  plane: ControlPlane,
  asked: { purpose: Purpose; origin: string; personId?: string },
): Promise<string> {
  const { purpose, origin, personId = null } = asked;
  refuseOrigin(origin);
  const challenge = newToken();
  const challengeHash = hashToken(challenge);
  await keep(plane, (tx) => insertPasskeyChallenge(tx, { challengeHash, purpose, personId, origin, minutes }));
  return challenge;
}

/** Refuses an origin at which passkeys do not work, with where they do. */
export function refuseOrigin(origin: string): void {
  const reason = whyNoPasskeysAt(origin);
  if (reason) throw new Refusal('refused', reason);
}

export type AnsweredChallenge = { challenge: string; origin: string; personId: string | null };

/** Uses up the challenge that a browser answers, before anything is looked at: a wrong answer is no good twice either. */
export async function useChallenge(
  plane: ControlPlane,
  purpose: Purpose,
  credential: { response: { clientDataJSON: string } },
): Promise<AnsweredChallenge> {
  const challenge = challengeIn(credential);
  const taken =
    challenge === undefined
      ? undefined
      : await keep(plane, (tx) => takePasskeyChallenge(tx, { challengeHash: hashToken(challenge), purpose }));
  if (!taken || challenge === undefined)
    throw new Refusal('forbidden', 'The passkey took too long, or its answer was used before: begin again');
  return { challenge, ...taken };
}
