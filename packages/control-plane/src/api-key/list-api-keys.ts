import { api } from '@clawster/contract/api';
import { paged } from '../paged.ts';
import { query } from '../query.ts';
import { pageOfApiKeys } from './api-key.queries.ts';

/** The keys of the workspace for who may see them, and of the caller for all others. */
export const listApiKeys = query(api.apiKeys.list, ({ tx, caller }, input) =>
  paged(input, (page) => pageOfApiKeys(tx, caller, page)),
);
