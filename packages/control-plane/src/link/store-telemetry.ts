import type { TelemetryBatch } from '@clawster/link/report';
import { sql } from 'kysely';
import { keep } from '../change.ts';
import type { ControlPlane } from '../plane.ts';

/** Stores a batch, each item once however often it comes, and a gap for what the spool had to drop. Committed when it returns. */
export async function storeTelemetry(
  plane: ControlPlane,
  bot: { botId: string; workspaceId: string },
  batch: TelemetryBatch,
): Promise<void> {
  const { items, epoch, dropped } = batch;
  await keep(plane, async (tx) => {
    const { numAffectedRows } = await sql`
      insert into telemetry (bot_id, workspace_id, epoch, sequence, at, kind, data)
      select ${bot.botId}::uuid, ${bot.workspaceId}::uuid, ${epoch}::bigint, item.sequence, item.at, item.kind, item.data
      from unnest(${items.map((item) => item.sequence)}::bigint[], ${items.map((item) => item.at)}::timestamptz[],
        ${items.map((item) => item.kind)}::text[], ${items.map((item) => JSON.stringify(item.data))}::jsonb[]) as item (sequence, at, kind, data)
      on conflict do nothing`.execute(tx);
    // A batch that comes again brings its gap again: it counts with the items that were new.
    if (dropped > 0 && (numAffectedRows ?? 0n) > 0n) {
      await tx.insertInto('telemetryGap').values({ botId: bot.botId, workspaceId: bot.workspaceId, dropped }).execute();
    }
  });
}
