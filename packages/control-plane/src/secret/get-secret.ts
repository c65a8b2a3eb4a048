import { api } from '@clawster/contract/api';
import { query } from '../query.ts';
import { getSecret as readOne, versionsOf } from './secret.queries.ts';

/** One secret with its versions; no value is in it. */
export const getSecret = query(api.secrets.get, async ({ tx }, { secretId }) => {
  const secret = await readOne(tx, secretId);
  return { ...secret, versions: await versionsOf(tx, secret) };
});
