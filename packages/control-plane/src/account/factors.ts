import { api } from '@clawster/contract/api';
import { query } from '../query.ts';
import { findFactors } from '../second-factor/factor.queries.ts';

/** What the person who asks signs in with beside the password; an API key has nothing. */
export const factors = query(api.account.factors, async ({ tx, caller }) => {
  const { totpSince, passkeys, recoveryCodesLeft } = await findFactors(tx, caller.id);
  return { passkeys, recoveryCodesLeft, ...(totpSince ? { totp: { since: totpSince.toISOString() } } : {}) };
});
