import type { ControlPlane } from '../plane.ts';
import type { AskContext } from './ask.ts';
import { changeIfAny } from './change-if-any.ts';
import { lockDelegation } from './delegation.queries.ts';
import type { DelegationRow } from './delegation-row.ts';

/** The loop that takes delegations further. */
export const job = 'advance-delegations';

/** Changes a delegation as it was read; nothing happens where it has changed since: what an old worker does is void. */
export async function changeDelegation(
  plane: ControlPlane,
  row: Pick<DelegationRow, 'id' | 'workspaceId' | 'version'>,
  work: (context: Required<AskContext>, now: DelegationRow) => Promise<unknown>,
): Promise<void> {
  await changeIfAny(plane, { workspaceId: row.workspaceId, actor: { kind: 'system', job } }, async (context) => {
    const now = await lockDelegation(context.tx, row.id);
    if (now?.version === row.version) await work(context, now);
  });
}
