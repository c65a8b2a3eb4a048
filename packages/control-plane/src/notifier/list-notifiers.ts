import { api } from '@clawster/contract/api';
import { query } from '../query.ts';
import { selectNotifiers, toNotifier } from './notifier.queries.ts';

/** Where it is told that something waits, by name; no address is in it. */
export const listNotifiers = query(api.notifiers.list, async ({ tx }) => {
  const rows = await selectNotifiers(tx).orderBy('notifier.name').orderBy('notifier.id').execute();
  return { items: rows.map(toNotifier) };
});
