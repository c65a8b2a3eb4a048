import { api } from '@clawster/contract/api';
import { violates } from '@clawster/database/violation';
import { whyNotManage } from '@clawster/domain/person/manage';
import { Refusal } from '@clawster/domain/refusal';
import { whyNotGrant } from '@clawster/domain/role/role';
import { getBot } from '../bot/bot.queries.ts';
import { command } from '../command.ts';
import { findMember } from '../person/lock-member.ts';
import { standing } from '../person/standing.ts';
import { holdDefinition, scopeColumns } from '../role/role.queries.ts';
import { selectBindings, toBinding } from './role-binding.queries.ts';

/** Gives a member a role for some bots; it holds for their next request. */
export const createRoleBinding = command(
  api.roleBindings.create,
  async ({ tx, caller, record }, { personId, role, bots }) => {
    const { workspaceId } = caller;
    const member = await findMember(tx, workspaceId, personId);
    if (!member) throw new Refusal('not-found', 'Nobody of this workspace has this id');
    await standing(tx, caller);
    const definition = await holdDefinition(tx, workspaceId, role);
    const reason = whyNotManage(caller, member) ?? whyNotGrant(caller, definition);
    if (reason) throw new Refusal('forbidden', reason);
    if ('botId' in bots) await getBot(tx, bots.botId);
    const { id } = await tx
      .insertInto('roleBinding')
      .values({ workspaceId, personId, role, ...scopeColumns(bots) })
      .returning('id')
      .executeTakeFirstOrThrow()
      .catch((error: unknown) => {
        if (!violates(error, 'role_binding_once')) throw error;
        throw new Refusal('conflict', `${member.name} has the role ${role} for these bots already`);
      });
    // Its subject is the person: it is about what they may do.
    await record({
      type: 'role-binding-created',
      subjectId: personId,
      subjectName: member.name,
      detail: { bindingId: id, role, bots },
    });
    return toBinding(await selectBindings(tx, workspaceId).where('roleBinding.id', '=', id).executeTakeFirstOrThrow());
  },
);
