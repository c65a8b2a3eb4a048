import { sql } from 'kysely';
import { findCheckpoint, nothingSealed } from '../audit/get-checkpoint.ts';
import { keep } from '../change.ts';
import type { ControlPlane } from '../plane.ts';
import { systemQuery } from '../query.ts';
import type { Tx } from '../transaction.ts';
import { placeIn, type SinkRow } from './audit-sink.queries.ts';
import { sendCheckpoint } from './send-checkpoint.ts';

/** How long between two checkpoints of a trail that grows, and between tries of a place that fails, at most. */
const everySeconds = 60;
const backOffSecondsMax = 3_600;
const batchMax = 50;

/** Sends the newest checkpoint wherever one is due and the trail has grown since; a place that fails is tried again, later each time. */
export async function sendCheckpoints(plane: ControlPlane, signal: AbortSignal): Promise<void> {
  while (!signal.aborted && (await systemQuery(plane, isDue))) {
    const claimed = await keep(plane, claimDue);
    await Promise.all(claimed.map((sink) => sendTo(plane, sink)));
    if (claimed.length < batchMax) return;
  }
}

const grown = sql<boolean>`sent_number < coalesce(
  (select max(number) from audit_seal where audit_seal.workspace_id = audit_sink.workspace_id), 0)`;

/** Looked at first, where nothing is written: an idle or read-only database is left alone. */
async function isDue(tx: Tx): Promise<boolean> {
  const due = await tx
    .selectFrom('auditSink')
    .select('id')
    .where('nextTryAt', '<=', sql<Date>`now()`)
    .where(grown)
    .limit(1)
    .executeTakeFirst();
  return due !== undefined;
}

/** Takes them for a minute, so that no other replica sends the same; one that dies meanwhile has them sent again. */
function claimDue(tx: Tx): Promise<SinkRow[]> {
  const due = tx
    .selectFrom('auditSink')
    .select('id')
    .where('nextTryAt', '<=', sql<Date>`now()`)
    .where(grown)
    .orderBy('nextTryAt')
    .limit(batchMax)
    .forUpdate()
    .skipLocked();
  return tx
    .updateTable('auditSink')
    .set({ nextTryAt: sql<Date>`now() + make_interval(secs => ${everySeconds})` })
    .where('id', 'in', due)
    .returningAll()
    .execute();
}

/** Sends a place the newest checkpoint, and keeps how it went; resolves when it is kept. A workspace with nothing sealed is refused. */
export async function sendTo(plane: ControlPlane, sink: SinkRow): Promise<void> {
  const newest = await systemQuery(plane, (tx) => findCheckpoint(tx, plane.keys, { workspaceId: sink.workspaceId }));
  if (!newest) throw nothingSealed();
  const trouble = await sendCheckpoint(plane, placeIn(sink), newest);
  if (trouble) plane.log('warn', 'A checkpoint could not be sent', { sink: sink.id, trouble });
  const failures = trouble ? sink.failures + 1 : 0;
  const waitSeconds = Math.min(backOffSecondsMax, everySeconds * 2 ** Math.max(0, failures - 1));
  await keep(plane, (tx) =>
    tx
      .updateTable('auditSink')
      .set({
        failures,
        trouble: trouble ?? null,
        nextTryAt: sql<Date>`now() + make_interval(secs => ${waitSeconds})`,
        ...(trouble ? {} : { sentNumber: newest.number, sentAt: sql<Date>`now()` }),
      })
      .where('id', '=', sink.id)
      .execute(),
  );
}
