import type { Exporter } from '@clawster/contract/exporter';
import { Refusal } from '@clawster/domain/refusal';
import { sql } from 'kysely';
import { isVisible } from '../is-visible.ts';
import type { Tx } from '../transaction.ts';

/** Where an exporter's headers are kept. */
export const headersField = 'headers';

export function selectExporters(tx: Tx) {
  return tx
    .selectFrom('exporter')
    .selectAll('exporter')
    .select(
      sql<boolean>`exists (select from secret_use where owner_kind = 'exporter' and owner_id = exporter.id)`.as(
        'hasHeaders',
      ),
    );
}
export type ExporterRow = Awaited<ReturnType<ReturnType<typeof selectExporters>['executeTakeFirstOrThrow']>>;

/** Refuses when there is none with this id in the transaction's workspace. */
export async function getExporter(tx: Tx, exporterId: string): Promise<ExporterRow> {
  const row = await selectExporters(tx).where('id', '=', exporterId).where(isVisible('exporter')).executeTakeFirst();
  if (!row) throw new Refusal('not-found', 'There is no such exporter in this workspace');
  return row;
}

export function toExporter(row: ExporterRow): Exporter {
  const { id, name, endpoint, traces, metrics, withText, hasHeaders, sentSpans, rejectedSpans, trouble } = row;
  const isWaiting = trouble !== null && row.stoppedAt === null;
  return {
    id,
    name,
    endpoint,
    traces,
    metrics,
    withText,
    percent: Number(row.percent),
    hasHeaders,
    createdAt: row.createdAt.toISOString(),
    ...(row.sentAt ? { sentAt: row.sentAt.toISOString() } : {}),
    sentSpans,
    rejectedSpans,
    ...(trouble === null ? {} : { trouble }),
    ...(isWaiting ? { nextTryAt: row.nextTryAt.toISOString() } : {}),
    ...(row.stoppedAt ? { stoppedAt: row.stoppedAt.toISOString() } : {}),
  };
}

/** What makes one be tried at once, from where it stopped. */
export const triedAnew = {
  failures: 0,
  trouble: null,
  stoppedAt: null,
  nextTryAt: sql<Date>`now()`,
  metricsDueAt: sql<Date>`now()`,
};
