import { sql } from 'kysely';
import type { Tx } from '../transaction.ts';

const now = sql<Date>`now()`;
/** A replica that stops midway keeps a notice from the others for so long; longer than a try can take. */
const claimedMinutes = 3;
/** A link is good until its item is over, and no longer than this. */
const linkDays = 7;

/** Those of items that still wait, by notifiers that are not stopped. */
function dueNotices(tx: Pick<Tx, 'selectFrom'>) {
  return tx
    .selectFrom('inboxNotice')
    .innerJoin('inboxItem', 'inboxItem.id', 'inboxNotice.itemId')
    .leftJoin('notifier', 'notifier.id', 'inboxNotice.notifierId')
    .select('inboxNotice.id')
    .where('inboxNotice.nextTryAt', '<=', now)
    .where('inboxItem.state', '=', 'open')
    .where(sql<boolean>`coalesce(notifier.enabled, true)`);
}

export async function hasDueNotice(tx: Tx): Promise<boolean> {
  return (await dueNotices(tx).limit(1).executeTakeFirst()) !== undefined;
}

/** Takes notices that are due, so that no other replica sends them too. */
export function claimDueNotices(tx: Tx, limit: number) {
  return tx
    .with('due', (query) =>
      dueNotices(query).orderBy('inboxNotice.nextTryAt').limit(limit).forUpdate('inboxNotice').skipLocked(),
    )
    .updateTable('inboxNotice')
    .set({ tries: sql<number>`tries + 1`, nextTryAt: sql<Date>`now() + make_interval(mins => ${claimedMinutes})` })
    .where('id', 'in', (query) => query.selectFrom('due').select('due.id'))
    .returning(['id', 'workspaceId', 'itemId', 'notifierId', 'personId', 'tries'])
    .execute();
}
export type DueNotice = Awaited<ReturnType<typeof claimDueNotices>>[number];

/** Keeps the hash of a link; one that was made for an earlier try is void. */
export async function keepLink(tx: Tx, id: string, tokenHash: Buffer): Promise<void> {
  await tx.updateTable('inboxNotice').set({ tokenHash, linkedAt: now }).where('id', '=', id).execute();
}

/** Nothing more is tried: it was sent, or never can be. */
export async function endNotice(tx: Tx, id: string, trouble?: string): Promise<void> {
  await tx
    .updateTable('inboxNotice')
    .set({ nextTryAt: null, trouble: trouble ?? null, ...(trouble === undefined ? { sentAt: now } : {}) })
    .where('id', '=', id)
    .execute();
}

export async function postponeNotice(tx: Tx, failed: { id: string; trouble: string; waitMs: number }): Promise<void> {
  await tx
    .updateTable('inboxNotice')
    .set({ trouble: failed.trouble, nextTryAt: sql<Date>`now() + make_interval(secs => ${failed.waitMs / 1000})` })
    .where('id', '=', failed.id)
    .execute();
}

/** Whose link this is and what it is about, while it is good: unused, younger than a week, its item not over for lack of time. */
export function findLink(tx: Tx, tokenHash: Buffer) {
  return tx
    .selectFrom('inboxNotice')
    .innerJoin('person', 'person.id', 'inboxNotice.personId')
    .innerJoin('inboxItem', 'inboxItem.id', 'inboxNotice.itemId')
    .innerJoin('workspace', 'workspace.id', 'inboxNotice.workspaceId')
    .select(['inboxNotice.id', 'inboxNotice.workspaceId', 'inboxNotice.itemId', 'inboxNotice.personId'])
    .select(['person.name as personName', 'workspace.name as workspaceName'])
    .select(sql<Date>`least(inbox_item.expires_at, linked_at + make_interval(days => ${linkDays}))`.as('goodUntil'))
    .where('tokenHash', '=', tokenHash)
    .where('usedAt', 'is', null)
    .where(sql<boolean>`linked_at > now() - make_interval(days => ${linkDays})`)
    .where(sql<boolean>`(inbox_item.expires_at is null or inbox_item.expires_at > now())`)
    .executeTakeFirst();
}
export type Link = NonNullable<Awaited<ReturnType<typeof findLink>>>;

/** Uses a link up; of two that try at once, the second finds it used. */
export async function takeLink(tx: Tx, id: string, tokenHash: Buffer): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('inboxNotice')
    .set({ usedAt: now })
    .where('id', '=', id)
    .where('tokenHash', '=', tokenHash)
    .where('usedAt', 'is', null)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}
