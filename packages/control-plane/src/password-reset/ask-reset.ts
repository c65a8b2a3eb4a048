import { api } from '@clawster/contract/api';
import { type Caller, originOf } from '../caller.ts';
import { keep } from '../change.ts';
import { parseInput } from '../enter.ts';
import { insertAccountMail } from '../mail/account-mail.queries.ts';
import type { ControlPlane } from '../plane.ts';
import { countResetAsk } from '../session/sign-in-limits.ts';
import { resetMinutes } from './password-reset.queries.ts';

/**
 * Takes the wish for a new passphrase down. Whose address it is, is found out by the loop that mails: the same is done
 * here for every address, so that neither the answer nor its time tells whether there is an account.
 */
export async function askReset(plane: ControlPlane, caller: Caller, raw: unknown): Promise<Record<string, never>> {
  const { email } = parseInput(api.passwordResets.ask, raw);
  await countResetAsk(plane, email, caller.address);
  await keep(plane, (tx) =>
    insertAccountMail(tx, { kind: 'reset', email, origin: originOf(caller), minutes: resetMinutes }),
  );
  plane.wake(['mail']);
  return {};
}
