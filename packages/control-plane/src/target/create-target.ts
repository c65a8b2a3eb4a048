import { api } from '@clawster/contract/api';
import { violates } from '@clawster/database/violation';
import { Refusal } from '@clawster/domain/refusal';
import { command } from '../command.ts';
import { selectTargets, toTarget } from './target.queries.ts';

/** Adds a place where bots can run; refuses a name that is taken. */
export const createTarget = command(api.targets.create, async ({ tx, caller, record }, { name, kind }) => {
  const { id } = await tx
    .insertInto('target')
    .values({ workspaceId: caller.workspaceId, name, kind, settings: {} })
    .returning('id')
    .executeTakeFirstOrThrow()
    .catch((error: unknown) => {
      throw violates(error, 'target_workspace_id_name_key') ? nameTaken(name, error) : error;
    });
  await record({ type: 'target-created', subjectId: id, subjectName: name, detail: { kind } });
  return toTarget(await selectTargets(tx).where('id', '=', id).executeTakeFirstOrThrow());
});

function nameTaken(name: string, cause: unknown): Refusal {
  const message = `There is a target named ${name} already: choose another name`;
  return new Refusal('conflict', message, { issues: [{ path: 'name', message }], cause });
}
