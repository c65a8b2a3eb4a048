import { api } from '@clawster/contract/api';
import { Refusal } from '@clawster/domain/refusal';
import { sql } from 'kysely';
import { command } from '../command.ts';
import { takeOverShut } from '../directory/directory-of.ts';
import { endAccess } from './end-access.ts';
import { lockManaged, refuseLastOwner } from './lock-member.ts';

/** Lets a member in no more; what they opened ends within a second, and their role is kept. */
export const disablePerson = command(api.people.disable, async (context, { personId }) => {
  const { tx, caller, record } = context;
  if (personId === caller.id) throw new Refusal('refused', 'You cannot disable yourself: ask another to do it');
  const member = await lockManaged(tx, caller, personId);
  const { workspaceId } = caller;
  if (member.isDisabled && !(await takeOverShut(tx, { workspaceId, personId })))
    throw new Refusal('conflict', `${member.name} is disabled already`);
  refuseLastOwner(member);

  await tx
    .updateTable('membership')
    .set({ disabledAt: sql<Date>`now()` })
    .where('workspaceId', '=', workspaceId)
    .where('personId', '=', personId)
    .execute();
  const ended = await endAccess(context, { workspaceId, personId });
  await record({ type: 'person-disabled', subjectId: personId, subjectName: member.name, detail: ended });
  return ended;
});
