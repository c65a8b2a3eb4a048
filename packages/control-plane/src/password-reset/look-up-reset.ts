import { api } from '@clawster/contract/api';
import type { ResetOffer } from '@clawster/contract/password-reset';
import { Refusal } from '@clawster/domain/refusal';
import type { Caller } from '../caller.ts';
import { parseInput } from '../enter.ts';
import type { ControlPlane } from '../plane.ts';
import { systemQuery } from '../query.ts';
import { hashToken } from '../session/token.ts';
import { findReset } from './password-reset.queries.ts';

/** Whose passphrase the holder of a link may choose anew. */
export async function lookUpReset(plane: ControlPlane, _caller: Caller, raw: unknown): Promise<ResetOffer> {
  const { token } = parseInput(api.passwordResets.lookUp, raw);
  const reset = await systemQuery(plane, (tx) => findReset(tx, hashToken(token)));
  if (!reset) throw resetRefused();
  const { name, email, expiresAt } = reset;
  return { name, email, expiresAt: expiresAt.toISOString() };
}

/** One sentence for each way a link can be no good, so that guesses learn nothing. */
export function resetRefused(): Refusal {
  return new Refusal(
    'forbidden',
    'This link was used or replaced, you signed in since, or it is older than 30 minutes: ask for a new one at the sign-in page',
  );
}
