import type { Actor } from '@clawster/contract/event';
import { authorName } from '@clawster/domain/audit/author-name';
import type { Scan, ScanPhase } from '@clawster/contract/scan';
import { Refusal } from '@clawster/domain/refusal';
import { isVisible } from '../is-visible.ts';
import type { Tx } from '../transaction.ts';

/** Scans of the transaction's workspace. */
export function selectScans(tx: Tx) {
  return tx
    .selectFrom('scan')
    .select(['id', 'phase', 'reason', 'deep', 'author', 'secrets', 'tooShort', 'botsAll', 'botsScanned'])
    .select(['files', 'bytes', 'rows', 'opened', 'trouble', 'troubleMore', 'askedAt', 'startedAt', 'endedAt'])
    .where(isVisible('scan'));
}
type ScanRow = Awaited<ReturnType<ReturnType<typeof selectScans>['executeTakeFirstOrThrow']>>;

/** Refuses when there is no such scan. */
export async function getScan(tx: Tx, scanId: string): Promise<Scan> {
  const row = await selectScans(tx).where('id', '=', scanId).executeTakeFirst();
  if (!row) throw new Refusal('not-found', 'There is no such scan in this workspace');
  return toScan(row);
}

export function toScan(row: ScanRow): Scan {
  const { phase, author, tooShort, botsAll, botsScanned, trouble, askedAt, startedAt, endedAt, ...scan } = row;
  return {
    ...scan,
    phase: phase as ScanPhase,
    author: authorName(author as Actor),
    tooShort: tooShort as string[],
    bots: { all: botsAll, scanned: botsScanned },
    trouble: trouble as Scan['trouble'],
    askedAt: askedAt.toISOString(),
    ...(startedAt ? { startedAt: startedAt.toISOString() } : {}),
    ...(endedAt ? { endedAt: endedAt.toISOString() } : {}),
  };
}
