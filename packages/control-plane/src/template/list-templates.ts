import { api } from '@clawster/contract/api';
import { query } from '../query.ts';
import { allTemplates } from './template.queries.ts';

/** All templates one can make a bot from. */
export const listTemplates = query(api.templates.list, async ({ tx, caller }) => ({
  items: await allTemplates(tx, caller.workspaceId),
}));
