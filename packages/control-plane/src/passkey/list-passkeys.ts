import { api } from '@clawster/contract/api';
import { query } from '../query.ts';
import { listPasskeysOf } from './passkey.queries.ts';

/** The passkeys of the person who asks; an API key has none. */
export const listPasskeys = query(api.passkeys.list, async ({ tx, caller }) => ({
  items: caller.kind === 'person' ? await listPasskeysOf(tx, caller.id) : [],
}));
