import { api } from '@clawster/contract/api';
import { query } from '../query.ts';
import { selectLinkOuts, toLinkOut } from './link-out.queries.ts';

/** Links to other tools as they were written. */
export const listLinkOuts = query(api.linkOuts.list, async ({ tx }) => ({
  items: (await selectLinkOuts(tx).execute()).map(toLinkOut),
}));
