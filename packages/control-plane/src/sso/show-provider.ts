import { api } from '@clawster/contract/api';
import { query } from '../query.ts';
import { findProvider } from './provider.queries.ts';
import { redirectUrl } from './redirect-url.ts';

export const showProvider = query(api.sso.show, async ({ tx, caller, plane }) => {
  const stored = await findProvider(tx, caller.workspaceId);
  return { redirectUrl: redirectUrl(plane), ...(stored ? { provider: stored.provider } : {}) };
});
