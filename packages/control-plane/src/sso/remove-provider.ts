import { api } from '@clawster/contract/api';
import { whyNotManage } from '@clawster/domain/person/manage';
import { Refusal } from '@clawster/domain/refusal';
import { command } from '../command.ts';
import { findDirectory } from '../directory/directory.queries.ts';
import { standing } from '../person/standing.ts';
import { deleteSecrets } from '../secret/read-secret.ts';
import { deleteProvider, lockProvider } from './provider.queries.ts';

/** Removes the workspace's provider with its secret; who is on the way there finds the way back closed. */
export const removeProvider = command(api.sso.remove, async ({ tx, caller, record }) => {
  await standing(tx, caller);
  const stored = await lockProvider(tx, caller.workspaceId);
  if (!stored) throw noProvider();
  const reason = whyNotManage(caller, stored.ceiling);
  if (reason) throw new Refusal('forbidden', reason);
  const { id, name } = stored.provider;
  const directory = await findDirectory(tx, caller.workspaceId);
  if (directory)
    throw new Refusal(
      'conflict',
      `${directory.name} brings people in who sign in by ${name}: remove the directory first`,
    );
  await deleteProvider(tx, caller.workspaceId);
  await deleteSecrets(tx, 'identity-provider', id);
  await record({ type: 'sso-removed', subjectId: id, subjectName: name });
  return {};
});

export function noProvider(): Refusal {
  return new Refusal('not-found', 'This workspace has no identity provider: set one up first');
}
