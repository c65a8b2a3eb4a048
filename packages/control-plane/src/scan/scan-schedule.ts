import { api } from '@clawster/contract/api';
import { Refusal } from '@clawster/domain/refusal';
import { command } from '../command.ts';
import { query } from '../query.ts';
import type { Tx } from '../transaction.ts';

/** What holds in a workspace that never said how often. */
export const usualEveryHours = 24;

/** How often the workspace is looked through without being asked. */
export const getScanSchedule = query(api.scans.schedule, ({ tx, caller }) => scheduleOf(tx, caller.workspaceId));

/** Has the workspace looked through every so many hours, or only when asked. */
export const setScanSchedule = command(api.scans.setSchedule, async ({ tx, caller, record }, { everyHours }) => {
  const { workspaceId } = caller;
  const before = await scheduleOf(tx, workspaceId);
  if (before.everyHours === everyHours)
    throw new Refusal(
      'conflict',
      everyHours === null ? 'It is scanned only when asked already' : `It is scanned every ${everyHours} hours already`,
    );
  await tx
    .insertInto('scanSchedule')
    .values({ workspaceId, everyHours })
    .onConflict((conflict) => conflict.column('workspaceId').doUpdateSet({ everyHours }))
    .execute();
  await record({ type: 'scan-schedule-changed', detail: { from: before.everyHours, to: everyHours } });
  return { everyHours };
});

async function scheduleOf(tx: Tx, workspaceId: string): Promise<{ everyHours: number | null }> {
  const row = await tx
    .selectFrom('scanSchedule')
    .select('everyHours')
    .where('workspaceId', '=', workspaceId)
    .executeTakeFirst();
  return row ?? { everyHours: usualEveryHours };
}
