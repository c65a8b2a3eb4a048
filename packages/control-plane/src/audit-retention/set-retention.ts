import { api } from '@clawster/contract/api';
import { changesOf } from '@clawster/domain/audit/changes';
import { Refusal } from '@clawster/domain/refusal';
import { command } from '../command.ts';
import { findRetention, toldRetention } from './audit-retention.queries.ts';

/** Has events kept for so many days from now on; what is older is deleted by a loop, after a signed mark. */
export const setRetention = command(api.auditRetention.set, async ({ tx, caller, record }, { days }) => {
  const { workspaceId } = caller;
  const before = await findRetention(tx, workspaceId);
  if (before.days === days) throw new Refusal('conflict', `Events are kept ${sayDays(days)} already`);
  await tx
    .insertInto('auditRetention')
    .values({ workspaceId, days })
    .onConflict((conflict) => conflict.column('workspaceId').doUpdateSet({ days }))
    .execute();
  await record({ type: 'audit-retention-changed', detail: changesOf({ days: before.days }, { days }) });
  return toldRetention(tx, workspaceId);
});

const sayDays = (days: number | null) => (days === null ? 'for ever' : `for ${days} days`);
