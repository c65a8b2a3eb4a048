import { api } from '@clawster/contract/api';
import { query } from '../query.ts';
import { getTemplate as read } from './template.queries.ts';

/** One template with its content. */
export const getTemplate = query(api.templates.get, ({ tx, caller }, { templateId, version }) =>
  read(tx, caller.workspaceId, { id: templateId, version }),
);
