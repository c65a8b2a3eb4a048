import { api } from '@clawster/contract/api';
import { query } from '../query.ts';
import { describeDirectory, findDirectory } from './directory.queries.ts';
import { scimBaseUrl } from './scim-base-url.ts';

export const showDirectory = query(api.directory.show, async ({ tx, caller, plane }) => {
  const stored = await findDirectory(tx, caller.workspaceId);
  return { baseUrl: scimBaseUrl(plane), ...(stored ? { directory: await describeDirectory(tx, stored) } : {}) };
});
