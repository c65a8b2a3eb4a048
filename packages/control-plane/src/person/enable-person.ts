import { api } from '@clawster/contract/api';
import { Refusal } from '@clawster/domain/refusal';
import { command } from '../command.ts';
import { refuseIfShut } from '../directory/directory-of.ts';
import { lockManaged } from './lock-member.ts';

/** Lets a member in again who was disabled. */
export const enablePerson = command(api.people.enable, async ({ tx, caller, record }, { personId }) => {
  const member = await lockManaged(tx, caller, personId);
  if (!member.isDisabled) throw new Refusal('conflict', `${member.name} is not disabled`);
  await refuseIfShut(tx, { workspaceId: caller.workspaceId, personId, name: member.name });
  await tx
    .updateTable('membership')
    .set({ disabledAt: null })
    .where('workspaceId', '=', caller.workspaceId)
    .where('personId', '=', personId)
    .execute();
  await record({ type: 'person-enabled', subjectId: personId, subjectName: member.name });
  return {};
});
