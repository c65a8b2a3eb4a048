import { Refusal } from '@clawster/domain/refusal';
import type { ControlPlane } from '../plane.ts';
import { systemQuery } from '../query.ts';
import { lockPerson } from '../session/session.queries.ts';
import type { Tx } from '../transaction.ts';
import { findFactors, forgetRecoveryCodes } from './factor.queries.ts';
import { isRequiredAnywhere } from './requirement.queries.ts';

/**
 * Has a factor removed, and the recovery codes with the last one; refuses that where a factor is required of the person.
 * Of two factors that are removed at once, the second finds that it is the last.
 */
export async function removingFactor(plane: ControlPlane, personId: string) {
  const isRequired = await systemQuery(plane, (tx) => isRequiredAnywhere(tx, personId));
  return async (tx: Tx, remove: () => Promise<void>): Promise<void> => {
    await lockPerson(tx, personId);
    await remove();
    const { totpSince, passkeys } = await findFactors(tx, personId);
    if (totpSince || passkeys > 0) return;
    if (isRequired)
      throw new Refusal(
        'refused',
        'A second factor is required of you, and this is your last: add another first, or have an owner require none under Settings → Security',
      );
    // They stand for a factor: with the last, they go.
    await forgetRecoveryCodes(tx, personId);
  };
}
