import { sql } from 'kysely';
import { keep } from '../change.ts';
import { readFigures } from '../metrics/read-figures.ts';
import { toOtelMetrics } from '../metrics/otel-metrics.ts';
import type { ControlPlane } from '../plane.ts';
import { readAs } from '../query.ts';
import type { ExporterRow } from './exporter.queries.ts';
import { keepFailure } from './keep-failure.ts';
import { batchMax, nextSpans, type SpanCursor, type StoredSpan } from './next-spans.ts';
import { isSampled } from './otel-id.ts';
import { isExported, otelTraceOf } from './otel-span.ts';
import { encodeMetrics, encodeSpans } from './otlp.ts';
import { receiverOf, workspaceOf } from './receiver-of.ts';
import { sendOtlp, type Sent } from './send-otlp.ts';

/** How soon to look for the next spans, and how often metrics go out. */
const lookSeconds = 2;
const metricsSeconds = 60;

/** What went out: how far in the order, how many spans, whether there is more at once, and whether metrics were told. */
type Done = { reached?: SpanCursor; spans: number; rejected: number; isFull: boolean; metrics: boolean };

/** Sends one exporter's next spans, and its metrics when they are due, and keeps how far it came. */
export async function sendNext(plane: ControlPlane, exporter: ExporterRow): Promise<void> {
  const done: Done = { spans: 0, rejected: 0, isFull: false, metrics: false };
  const failed =
    (exporter.traces && (await sendSpans(plane, exporter, done))) || (await sendMetrics(plane, exporter, done));
  if (failed) await keepFailure(plane, exporter, failed);
  await keepDone(plane, exporter, { ...done, hasFailed: Boolean(failed) });
}

type Failed = Sent & { trouble: string };

async function sendSpans(plane: ControlPlane, exporter: ExporterRow, done: Done): Promise<Failed | undefined> {
  const { workspaceId, sentXid, sentNumber, withText } = exporter;
  const after = { xid: sentXid, number: sentNumber };
  const { spans, workspace, receiver } = await readAs(plane, { workspaceId }, async (tx) => ({
    spans: await nextSpans(tx, { workspaceId, after, withText }),
    workspace: await workspaceOf(tx, plane, workspaceId),
    receiver: await receiverOf(tx, plane, exporter),
  }));
  if (typeof receiver === 'string') return { trouble: receiver, rejected: 0 };
  const ready = untilFirstThatWaits(spans);
  const last = ready.at(-1);
  if (!last) return undefined;
  const percent = Number(exporter.percent);
  const chosen = ready.filter((span) => isExported(span) && isSampled(otelTraceOf(span), percent));
  if (chosen.length > 0) {
    const sent = await sendOtlp(receiver, 'traces', await encodeSpans(chosen, workspace));
    if (sent.trouble !== undefined) return { ...sent, trouble: sent.trouble };
    done.rejected = sent.rejected;
  }
  done.spans = chosen.length;
  done.reached = { xid: last.xid, number: last.number };
  done.isFull = ready.length === batchMax;
  return undefined;
}

/** Those before the first whose trace may still become known: what goes out is in order. */
function untilFirstThatWaits(spans: StoredSpan[]): StoredSpan[] {
  const first = spans.findIndex(({ waits }) => waits);
  return first === -1 ? spans : spans.slice(0, first);
}

async function sendMetrics(plane: ControlPlane, exporter: ExporterRow, done: Done): Promise<Failed | undefined> {
  const { workspaceId, metrics, metricsDueAt } = exporter;
  if (!metrics || metricsDueAt > new Date()) return undefined;
  const { figures, workspace, receiver } = await readAs(plane, { workspaceId }, async (tx) => ({
    figures: await readFigures(tx, workspaceId),
    workspace: await workspaceOf(tx, plane, workspaceId),
    receiver: await receiverOf(tx, plane, exporter),
  }));
  if (typeof receiver === 'string') return { trouble: receiver, rejected: 0 };
  if (figures.bots.length > 0) {
    const body = await encodeMetrics(await toOtelMetrics(figures, new Date()), workspace);
    const sent = await sendOtlp(receiver, 'metrics', body);
    if (sent.trouble !== undefined) return { ...sent, trouble: sent.trouble };
  }
  done.metrics = true;
  return undefined;
}

/** Written only where nobody has gone on from the same place meanwhile. */
async function keepDone(
  plane: ControlPlane,
  { id, sentXid, sentNumber }: ExporterRow,
  { reached, spans, rejected, isFull, metrics, hasFailed }: Done & { hasFailed: boolean },
): Promise<void> {
  if (hasFailed && !reached) return;
  const waitSeconds = isFull ? 0 : lookSeconds;
  await keep(plane, (tx) =>
    tx
      .updateTable('exporter')
      .set({
        ...(reached ? { sentXid: reached.xid, sentNumber: reached.number } : {}),
        ...(spans > 0 || metrics ? { sentAt: sql<Date>`now()` } : {}),
        sentSpans: sql<number>`sent_spans + ${spans - rejected}`,
        rejectedSpans: sql<number>`rejected_spans + ${rejected}`,
        ...(metrics ? { metricsDueAt: sql<Date>`now() + make_interval(secs => ${metricsSeconds})` } : {}),
        ...(hasFailed
          ? {}
          : { failures: 0, trouble: null, nextTryAt: sql<Date>`now() + make_interval(secs => ${waitSeconds})` }),
      })
      .where('id', '=', id)
      .where('sentXid', '=', sentXid)
      .where('sentNumber', '=', sentNumber)
      .execute(),
  );
}
