import { api } from '@clawster/contract/api';
import type { Offer } from '@clawster/contract/invitation';
import { Refusal } from '@clawster/domain/refusal';
import type { Caller } from '../caller.ts';
import { parseInput } from '../enter.ts';
import type { ControlPlane } from '../plane.ts';
import { systemQuery } from '../query.ts';
import { hashToken } from '../session/token.ts';
import { findOffer } from './invitation.queries.ts';

/** What the holder of a link is invited to. */
export async function lookUpInvitation(plane: ControlPlane, _caller: Caller, raw: unknown): Promise<Offer> {
  const { token } = parseInput(api.invitations.lookUp, raw);
  const offer = await systemQuery(plane, (tx) => findOffer(tx, hashToken(token)));
  if (!offer) throw invitationRefused();
  const { email, role, workspaceName, invitedByName, expiresAt, hasAccount } = offer;
  return {
    email,
    role,
    workspaceName,
    invitedBy: invitedByName,
    expiresAt: expiresAt.toISOString(),
    hasAccount,
  };
}

/** One sentence for each way a link can be no good, so that guesses learn nothing. */
export function invitationRefused(): Refusal {
  return new Refusal(
    'forbidden',
    'This invitation was used, revoked, replaced or is older than a week: ask for a new one',
  );
}
