import { api } from '@clawster/contract/api';
import { whyNotManage } from '@clawster/domain/person/manage';
import { Refusal } from '@clawster/domain/refusal';
import { command } from '../command.ts';
import { endGrantsAbove } from '../person/end-access.ts';
import { lockMember } from '../person/lock-member.ts';
import { standing } from '../person/standing.ts';
import { findDefinition, scopeIn } from '../role/role.queries.ts';

/** Takes a role for some bots away; it lets nobody in from then on, and streams of theirs end, and keys they made by it are revoked. */
export const deleteRoleBinding = command(api.roleBindings.delete, async (context, { bindingId }) => {
  const { tx, caller, record } = context;
  const { workspaceId } = caller;
  const binding = await tx
    .selectFrom('roleBinding')
    .innerJoin('person', 'person.id', 'roleBinding.personId')
    .select(['roleBinding.role', 'roleBinding.botId', 'roleBinding.labels', 'person.id as personId', 'person.name'])
    .where('roleBinding.workspaceId', '=', workspaceId)
    .where('roleBinding.id', '=', bindingId)
    .forUpdate('roleBinding')
    .executeTakeFirst();
  if (!binding) throw new Refusal('not-found', 'No role was given under this id');
  // They make no key by it meanwhile.
  await lockMember(tx, workspaceId, binding.personId);
  await standing(tx, caller);
  const reason = whyNotManage(caller, await findDefinition(tx, workspaceId, binding.role));
  if (reason) throw new Refusal('forbidden', reason);
  await tx.deleteFrom('roleBinding').where('workspaceId', '=', workspaceId).where('id', '=', bindingId).execute();
  const { apiKeys } = await endGrantsAbove(context, { workspaceId, personIds: [binding.personId] });
  await record({
    type: 'role-binding-deleted',
    subjectId: binding.personId,
    subjectName: binding.name,
    detail: { bindingId, role: binding.role, bots: scopeIn(binding), ...(apiKeys > 0 ? { apiKeys } : {}) },
  });
  return {};
});
