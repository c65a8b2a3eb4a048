import { api } from '@clawster/contract/api';
import { query } from '../query.ts';
import { findMailServer } from './mail-server.queries.ts';

export const showMailServer = query(api.mail.show, async ({ tx, caller }) => {
  const server = await findMailServer(tx, caller.workspaceId);
  return server ? { server } : {};
});
