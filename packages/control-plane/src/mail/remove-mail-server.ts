import { api } from '@clawster/contract/api';
import { Refusal } from '@clawster/domain/refusal';
import { command } from '../command.ts';
import { deleteSecrets } from '../secret/read-secret.ts';
import { deleteMailServer, findMailServer } from './mail-server.queries.ts';

/** Removes the workspace's mail server with its password; mails that wait go on waiting for another. */
export const removeMailServer = command(api.mail.remove, async ({ tx, caller, record }) => {
  const server = await findMailServer(tx, caller.workspaceId);
  if (!server || !(await deleteMailServer(tx, caller.workspaceId))) throw noMailServer();
  await deleteSecrets(tx, 'mail-server', caller.workspaceId);
  await record({ type: 'mail-removed', subjectName: server.host });
  return {};
});

export function noMailServer(): Refusal {
  return new Refusal('not-found', 'This workspace has no mail server: set one up under Settings, Mail');
}
