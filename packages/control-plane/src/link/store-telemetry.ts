import type { TelemetryBatch } from '@clawster/link/report';
import { keep } from '../change.ts';
import type { ControlPlane } from '../plane.ts';
import { readSpan } from '../span/read-span.ts';
import { storeSpans } from '../span/store-spans.ts';

/** Stores a batch, each item once however often it comes, and a gap for what the spool had to drop. Committed when it returns. */
export async function storeTelemetry(
  plane: ControlPlane,
  { botId, workspaceId }: { botId: string; workspaceId: string },
  { items, epoch, dropped }: TelemetryBatch,
): Promise<void> {
  const spans = items.map((item) => readSpan(item, epoch));
  await keep(plane, async (tx) => {
    const fresh = await storeSpans(tx, { botId, workspaceId }, { epoch, spans });
    // A batch that comes again brings its gap again: it counts with the items that were new.
    if (dropped > 0 && fresh > 0) {
      await tx.insertInto('telemetryGap').values({ botId, workspaceId, dropped }).execute();
    }
  });
}
