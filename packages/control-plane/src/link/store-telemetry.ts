import type { TelemetryBatch } from '@clawster/link/report';
import { keep } from '../change.ts';
import type { ControlPlane } from '../plane.ts';
import { readSpan, type SpanOwner } from '../span/read-span.ts';
import { storeSpans } from '../span/store-spans.ts';

export type ReceivedBatch = SpanOwner & { batch: TelemetryBatch };

/**
 * Stores batches of many bots in one transaction, each item once however often it comes, and a gap for what a spool had to
 * drop. Committed when it returns; none is stored when it throws.
 */
export async function storeTelemetry(plane: Pick<ControlPlane, 'db'>, received: ReceivedBatch[]): Promise<void> {
  const spans = received.flatMap(({ batch: { items, epoch }, botId, workspaceId }) =>
    items.map((item) => readSpan(item, { botId, workspaceId, epoch })),
  );
  await keep(plane, async (tx) => {
    const fresh = await storeSpans(tx, spans);
    // A batch that comes again brings its gap again: it counts with the items that were new.
    const gaps = received
      .filter(({ batch, botId }) => batch.dropped > 0 && (fresh.get(botId) ?? 0) > 0)
      .map(({ batch: { dropped }, botId, workspaceId }) => ({ botId, workspaceId, dropped }));
    if (gaps.length > 0) await tx.insertInto('telemetryGap').values(gaps).execute();
  });
}
