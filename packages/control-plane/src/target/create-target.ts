import { api } from '@clawster/contract/api';
import { command } from '../command.ts';
import { unlessNameTaken } from '../unless-name-taken.ts';
import { selectTargets, toTarget } from './target.queries.ts';

/** Adds a place where bots can run; refuses a name that is taken. */
export const createTarget = command(api.targets.create, async ({ tx, caller, record }, { name, kind }) => {
  const { id } = await unlessNameTaken('target', name, () =>
    tx
      .insertInto('target')
      .values({ workspaceId: caller.workspaceId, name, kind, settings: {} })
      .returning('id')
      .executeTakeFirstOrThrow(),
  );
  await record({ type: 'target-created', subjectId: id, subjectName: name, detail: { kind } });
  return toTarget(await selectTargets(tx).where('id', '=', id).executeTakeFirstOrThrow());
});
