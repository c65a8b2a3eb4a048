import { Orphan } from '@clawster/contract/orphan';
import { Refusal } from '@clawster/domain/refusal';
import { isVisible } from '../is-visible.ts';
import type { SignedIn } from '../caller.ts';
import type { Tx } from '../transaction.ts';

/** Orphans of the transaction's workspace. */
export function selectOrphans(tx: Tx) {
  return tx.selectFrom('orphan').selectAll('orphan').where(isVisible('orphan'));
}

export type OrphanRow = Awaited<ReturnType<ReturnType<typeof selectOrphans>['executeTakeFirstOrThrow']>>;

/** Only owners see and touch what another Clawster put on an engine: it is none of the workspace's. */
export function mayTouchOthers({ permissions }: SignedIn): boolean {
  return permissions.has('workspace:manage');
}

type Asked = { orphanId: string; installation?: string | undefined };

/** The orphan of whom it was said rightly whose it is. */
export async function findOrphan(tx: Tx, caller: SignedIn, asked: Asked): Promise<OrphanRow> {
  return meant(await byId(tx, asked).executeTakeFirst(), caller, asked);
}

/** The same, locked for the change at hand. */
export async function lockOrphan(tx: Tx, caller: SignedIn, asked: Asked): Promise<OrphanRow> {
  return meant(await byId(tx, asked).forUpdate().executeTakeFirst(), caller, asked);
}

const byId = (tx: Tx, { orphanId }: Asked) => selectOrphans(tx).where('orphan.id', '=', orphanId);

function meant(row: OrphanRow | undefined, caller: SignedIn, { installation = '' }: Asked): OrphanRow {
  if (!row || (row.installation !== '' && !mayTouchOthers(caller)))
    throw new Refusal('not-found', 'There is no such orphan in this workspace');
  if (row.installation !== installation)
    throw Refusal.at(
      'installation',
      'refused',
      row.installation === ''
        ? `${row.name} is of this very Clawster: leave the installation out`
        : `${row.name} belongs to another Clawster, ${row.installation}: name that id as the installation if that Clawster is gone for good`,
    );
  return row;
}

export function toOrphan(row: OrphanRow): Orphan {
  return Orphan.parse({
    id: row.id,
    targetId: row.targetId,
    botId: row.botId,
    name: row.name,
    runs: row.runs,
    foundAt: row.foundAt.toISOString(),
    isDoomed: row.doomedAt !== null,
    ...(row.since ? { since: row.since.toISOString() } : {}),
    ...(row.installation === '' ? {} : { installation: row.installation }),
    ...(row.trouble ? { trouble: row.trouble } : {}),
  });
}
