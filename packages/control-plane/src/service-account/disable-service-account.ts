import { api } from '@clawster/contract/api';
import { Refusal } from '@clawster/domain/refusal';
import { sql } from 'kysely';
import type { Caller } from '../caller.ts';
import { command } from '../command.ts';
import type { ControlPlane } from '../plane.ts';
import { forgetCallers } from '../session/caller-cache.ts';
import { lockAccount } from './lock-account.ts';

const disable = command(api.serviceAccounts.disable, async ({ tx, caller, record }, { serviceAccountId: id }) => {
  const { name, disabledAt } = await lockAccount(tx, caller, id);
  if (disabledAt) throw new Refusal('conflict', `${name} is disabled already`);
  await tx
    .updateTable('serviceAccount')
    .set({ disabledAt: sql<Date>`now()` })
    .where('workspaceId', '=', caller.workspaceId)
    .where('id', '=', id)
    .execute();
  await record({ type: 'service-account-disabled', subjectId: id, subjectName: name });
  return {};
});

/** Refuses a service account's keys until it is enabled again; what they opened ends within a second. */
export async function disableServiceAccount(plane: ControlPlane, caller: Caller, raw: unknown) {
  const answer = await disable(plane, caller, raw);
  forgetCallers(plane);
  return answer;
}
