import { sql } from 'kysely';
import { keep } from '../change.ts';
import { sideBySide } from '../loops/side-by-side.ts';
import type { ControlPlane } from '../plane.ts';
import { systemQuery } from '../query.ts';
import type { Tx } from '../transaction.ts';
import { type ExporterRow, selectExporters } from './exporter.queries.ts';
import { isAfter } from './next-spans.ts';
import { sendNext } from './send-next.ts';

const atOnceMax = 16;
/** Longer than a batch takes: one whose replica died meanwhile is sent again. */
const claimedSeconds = 60;

/** Sends what is due wherever it is due, a batch at a time: one that is slow or away holds up no other. */
export function exportTelemetry(plane: ControlPlane, signal: AbortSignal): Promise<void> {
  return sideBySide({
    atOnceMax,
    lookAgainMs: 1_000,
    isOver: () => signal.aborted,
    // Looked at first, where nothing is written: an idle or read-only database is left alone.
    lease: async (room) => ((await systemQuery(plane, hasDue)) ? keep(plane, (tx) => claimDue(tx, room)) : []),
    work: (exporter) => sendNext(plane, exporter),
  });
}

const hasSpans = sql`traces and exists (select from span where ${isAfter(
  sql`exporter.workspace_id`,
  sql`exporter.sent_xid, exporter.sent_number`,
)})`;
const isDue = sql<boolean>`stopped_at is null and next_try_at <= now()
  and ((${hasSpans}) or (metrics and metrics_due_at <= now()))`;

async function hasDue(tx: Tx): Promise<boolean> {
  return (await tx.selectFrom('exporter').select('id').where(isDue).limit(1).executeTakeFirst()) !== undefined;
}

async function claimDue(tx: Tx, limit: number): Promise<ExporterRow[]> {
  const due = tx
    .selectFrom('exporter')
    .select('id')
    .where(isDue)
    .orderBy('nextTryAt')
    .limit(limit)
    .forUpdate()
    .skipLocked();
  const claimed = await tx
    .updateTable('exporter')
    .set({ nextTryAt: sql<Date>`now() + make_interval(secs => ${claimedSeconds})` })
    .where('id', 'in', due)
    .returning('id')
    .execute();
  if (claimed.length === 0) return [];
  const ids = claimed.map(({ id }) => id);
  return selectExporters(tx).where('id', 'in', ids).execute();
}
