import { sql } from 'kysely';
import type { Tx } from '../transaction.ts';

/** A member of the workspace by e-mail address. */
export function findMemberByEmail(tx: Tx, workspaceId: string, email: string) {
  return tx
    .selectFrom('membership')
    .innerJoin('person', 'person.id', 'membership.personId')
    .select(['person.id', 'person.name'])
    .where('membership.workspaceId', '=', workspaceId)
    .where(sql`lower(person.email)`, '=', email.toLowerCase())
    .executeTakeFirst();
}

export async function deleteMembership(tx: Tx, membership: { workspaceId: string; personId: string }): Promise<void> {
  await tx
    .deleteFrom('membership')
    .where('workspaceId', '=', membership.workspaceId)
    .where('personId', '=', membership.personId)
    .execute();
}
