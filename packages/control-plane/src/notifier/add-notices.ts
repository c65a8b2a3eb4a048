import type { InboxKind } from '@clawster/contract/inbox';
import { sql } from 'kysely';
import type { Tx } from '../transaction.ts';

type Told = { id: string; workspaceId: string; kind: string; teamId?: string | null | undefined };

/** Has an item that was just opened told by every notifier that tells such. */
export async function addNotices(tx: Tx, { id, workspaceId, kind, teamId }: Told & { kind: InboxKind }): Promise<void> {
  await tx
    .insertInto('inboxNotice')
    .columns(['workspaceId', 'itemId', 'notifierId', 'personId'])
    .expression((from) =>
      from
        .selectFrom('notifier')
        .select(['workspaceId', sql<string>`${id}::uuid`.as('itemId'), 'id as notifierId', 'personId'])
        .where('workspaceId', '=', workspaceId)
        .where('enabled', '=', true)
        .where(sql<boolean>`${kind} = any(inbox_kinds)`)
        .where(sql<boolean>`(team_id is null or team_id = ${teamId ?? null}::uuid)`),
    )
    .execute();
}

/** Has an item told to one person, who was given it: by their notifiers, whatever those tell else, or by mail where there is none. */
export async function addNoticeFor(tx: Tx, { id, workspaceId }: Told, personId: string): Promise<void> {
  const theirs = await tx
    .selectFrom('notifier')
    .select('id')
    .where('workspaceId', '=', workspaceId)
    .where('personId', '=', personId)
    .where('enabled', '=', true)
    .execute();
  // What was told before is told anew: by now it is theirs.
  await tx.deleteFrom('inboxNotice').where('itemId', '=', id).where('personId', '=', personId).execute();
  const notifiers = theirs.length > 0 ? theirs.map((one) => one.id) : [null];
  await tx
    .insertInto('inboxNotice')
    .values(notifiers.map((notifierId) => ({ workspaceId, itemId: id, notifierId, personId })))
    .execute();
}
