import type { InboxKind } from '@clawster/contract/inbox';
import type { Notifier, NotifierKind } from '@clawster/contract/notifier';
import { Refusal } from '@clawster/domain/refusal';
import { isVisible } from '../is-visible.ts';
import type { Tx } from '../transaction.ts';

/** Where a notifier's address, and what signs it, are kept. */
export const notifierPlace = (workspaceId: string, notifierId: string, field: 'url' | 'signing') =>
  ({ workspaceId, ownerKind: 'notifier', ownerId: notifierId, field }) as const;

export function selectNotifiers(tx: Tx) {
  return tx
    .selectFrom('notifier')
    .innerJoin('person', 'person.id', 'notifier.personId')
    .selectAll('notifier')
    .select(['person.name as personName', 'person.email as personEmail'])
    .where(isVisible('notifier'));
}
export type NotifierRow = Awaited<ReturnType<ReturnType<typeof selectNotifiers>['executeTakeFirstOrThrow']>>;

/** Refuses when there is none with this id in the transaction's workspace. */
export async function getNotifier(tx: Tx, notifierId: string): Promise<NotifierRow> {
  const row = await selectNotifiers(tx).where('notifier.id', '=', notifierId).executeTakeFirst();
  if (!row) throw new Refusal('not-found', 'There is no such notifier in this workspace');
  return row;
}

/** A notifier as it is told: of its address the host alone. */
export function toNotifier(row: NotifierRow): Notifier {
  const { id, name, enabled, host, teamId, trouble, sentAt } = row;
  return {
    id,
    name,
    enabled,
    kind: row.kind as NotifierKind,
    person: { id: row.personId, name: row.personName },
    inboxKinds: row.inboxKinds as InboxKind[],
    ...(host === null ? {} : { host }),
    ...(teamId === null ? {} : { teamId }),
    ...(sentAt ? { sentAt: sentAt.toISOString() } : {}),
    ...(trouble === null ? {} : { trouble }),
    createdAt: row.createdAt.toISOString(),
  };
}
