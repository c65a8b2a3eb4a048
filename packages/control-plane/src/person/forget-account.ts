import { sql } from 'kysely';
import { keep } from '../change.ts';
import type { ControlPlane } from '../plane.ts';

/** Deletes an account that belongs to no workspace any more, with its password and all it can sign in with. */
export function forgetAccount(plane: Pick<ControlPlane, 'db'>, personId: string): Promise<void> {
  return keep(plane, async (tx) => {
    // Waits for an invitation that is being accepted: the look after it sees the new membership.
    await tx.selectFrom('person').select('id').where('id', '=', personId).forUpdate().execute();
    await tx
      .deleteFrom('person')
      .where('id', '=', personId)
      .where(sql<boolean>`not exists (select from membership where membership.person_id = person.id)`)
      .execute();
  });
}
