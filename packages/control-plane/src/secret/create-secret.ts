import { api } from '@clawster/contract/api';
import { actorOf } from '../caller.ts';
import { command } from '../command.ts';
import { insertSecret } from './add-version.ts';
import { getSecret } from './secret.queries.ts';

/** Keeps a secret under a name: encrypted, and not to be read again. */
export const createSecret = command(api.secrets.create, async ({ tx, caller, record, plane }, input) => {
  const { name, expiresAt, rotateDays } = input;
  const id = await insertSecret(tx, plane.keys, {
    ...input,
    workspaceId: caller.workspaceId,
    author: actorOf(caller),
  });
  const detail = { ...(expiresAt ? { expiresAt } : {}), ...(rotateDays ? { rotateDays } : {}) };
  await record({ type: 'secret-created', subjectId: id, subjectName: name, detail });
  return getSecret(tx, id);
});
