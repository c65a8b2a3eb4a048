import type { RequiredOf } from '@clawster/contract/workspace';
import { sql } from 'kysely';
import type { Tx } from '../transaction.ts';

/** Of whom the workspace requires a second factor, and since when. */
export async function findRequirement(tx: Tx, workspaceId: string) {
  const { requiredOf, since } = await tx
    .selectFrom('workspace')
    .select(['secondFactorRequiredOf as requiredOf', 'secondFactorRequiredSince as since'])
    .where('id', '=', workspaceId)
    .executeTakeFirstOrThrow();
  return { requiredOf: asRequiredOf(requiredOf), since };
}

export async function storeRequirement(tx: Tx, workspaceId: string, requiredOf: RequiredOf): Promise<void> {
  await tx
    .updateTable('workspace')
    .set({ secondFactorRequiredOf: requiredOf, secondFactorRequiredSince: sql<Date>`now()` })
    .where('id', '=', workspaceId)
    .execute();
}

/** Whether one of the workspaces a person belongs to requires a second factor of them, now or within a day. */
export async function isRequiredAnywhere(tx: Tx, personId: string): Promise<boolean> {
  const found = await tx
    .selectFrom('membership')
    .innerJoin('workspace', 'workspace.id', 'membership.workspaceId')
    .select('workspace.id')
    .where('membership.personId', '=', personId)
    .where((where) =>
      where.or([
        where('workspace.secondFactorRequiredOf', '=', 'everyone'),
        where.and([where('workspace.secondFactorRequiredOf', '=', 'owners'), where('membership.role', '=', 'owner')]),
      ]),
    )
    .limit(1)
    .executeTakeFirst();
  return found !== undefined;
}

/** The table's check constraint holds this. */
export function asRequiredOf(text: string): RequiredOf {
  return text as RequiredOf;
}
