import { Refusal } from '@clawster/domain/refusal';
import type { ControlPlane } from '../plane.ts';
import { systemQuery } from '../query.ts';
import type { Tx } from '../transaction.ts';
import { findFactors, forgetCodesOfNone } from './factor.queries.ts';
import { isRequiredAnywhere } from './requirement.queries.ts';

/**
 * Has a factor removed, and the recovery codes with the last one; refuses that where a factor is required of the person.
 * Of two factors that are removed at once, the second finds that it is the last.
 */
export async function removingFactor(plane: ControlPlane, personId: string) {
  const isRequired = await systemQuery(plane, (tx) => isRequiredAnywhere(tx, personId));
  return async (tx: Tx, remove: () => Promise<void>): Promise<void> => {
    await tx.selectFrom('person').select('id').where('id', '=', personId).forUpdate().execute();
    await remove();
    const { totpSince, passkeys } = await findFactors(tx, personId);
    if (isRequired && !totpSince && passkeys === 0)
      throw new Refusal(
        'refused',
        'A second factor is required of you, and this is your last: add another first, or have an owner require none under Settings → Security',
      );
    await forgetCodesOfNone(tx, personId);
  };
}
