import { api } from '@clawster/contract/api';
import { Refusal } from '@clawster/domain/refusal';
import { whyNotGrant } from '@clawster/domain/role/role';
import { command } from '../command.ts';
import { refuseIfFollows } from '../directory/directory-of.ts';
import { holdDefinition } from '../role/role.queries.ts';
import { giveRole } from './give-role.ts';
import { lockManaged, refuseLastOwner } from './lock-member.ts';

/** Gives a member another role; it holds for their next request, and streams they opened with the old one end. */
export const changeRole = command(api.people.changeRole, async (context, { personId, role }) => {
  const { tx, caller } = context;
  const member = await lockManaged(tx, caller, personId);
  await refuseIfFollows(tx, { workspaceId: caller.workspaceId, personId, name: member.name });
  const definition = await holdDefinition(tx, caller.workspaceId, role);
  const reason = whyNotGrant(caller, definition);
  if (reason) throw new Refusal('forbidden', reason);
  if (member.role === role) throw new Refusal('conflict', `${member.name} has the role ${role} already`);
  if (role !== 'owner') refuseLastOwner(member);

  return giveRole(context, { workspaceId: caller.workspaceId, member, role });
});
