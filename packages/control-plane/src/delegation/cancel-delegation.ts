import { api } from '@clawster/contract/api';
import { Refusal } from '@clawster/domain/refusal';
import { command } from '../command.ts';
import { getLockedDelegation } from './delegation.queries.ts';
import { readDelegation } from './get-delegation.ts';
import { stepDelegation } from './step-delegation.ts';

/** Stops a delegation and all that it was passed on as; turns that run are ended as soon as their hosts are reached. */
export const cancelDelegation = command(api.delegations.cancel, async (context, { delegationId, reason }) => {
  const { tx, caller } = context;
  const row = await getLockedDelegation(tx, delegationId);
  const why = reason || `${caller.name} cancelled it`;
  const stepped = await stepDelegation(context, row, { happening: { kind: 'cancel' }, why, by: caller.name });
  if (!stepped) throw new Refusal('conflict', `This is ${row.state} already, or has changed just now`);
  return readDelegation(tx, caller, delegationId);
});
