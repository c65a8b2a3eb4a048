import type { LinkOut } from '@clawster/contract/link-out';
import { Refusal } from '@clawster/domain/refusal';
import { isVisible } from '../is-visible.ts';
import type { Tx } from '../transaction.ts';

/** The links of the transaction's workspace, by name. */
export function selectLinkOuts(tx: Tx) {
  return tx
    .selectFrom('linkOut')
    .select(['id', 'name', 'url', 'createdAt'])
    .where(isVisible('linkOut'))
    .orderBy('name')
    .orderBy('id');
}
type Row = Awaited<ReturnType<ReturnType<typeof selectLinkOuts>['executeTakeFirstOrThrow']>>;

/** Refuses when there is none with this id. */
export async function getLinkOut(tx: Tx, linkOutId: string): Promise<LinkOut> {
  const row = await selectLinkOuts(tx).where('id', '=', linkOutId).executeTakeFirst();
  if (!row) throw new Refusal('not-found', 'There is no such link in this workspace');
  return toLinkOut(row);
}

export function toLinkOut({ createdAt, ...row }: Row): LinkOut {
  return { ...row, createdAt: createdAt.toISOString() };
}
