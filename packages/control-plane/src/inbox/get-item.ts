import { api } from '@clawster/contract/api';
import { query } from '../query.ts';
import { getItem } from './inbox.queries.ts';
import { personBehind } from './person-behind.ts';
import { showItem } from './show-item.ts';

/** One item, with exactly what is decided about, or that it is hidden. */
export const getInboxItem = query(api.inbox.get, async ({ tx, caller }, { itemId }) =>
  showItem(await getItem(tx, itemId), caller, await personBehind(tx, caller)),
);
