import { api } from '@clawster/contract/api';
import { Refusal } from '@clawster/domain/refusal';
import type { Caller } from '../caller.ts';
import { command } from '../command.ts';
import type { ControlPlane } from '../plane.ts';
import { findFactors, replaceRecoveryCodes } from '../second-factor/factor.queries.ts';
import { hashRecoveryCode, newRecoveryCodes } from '../second-factor/recovery-code.ts';
import { provePerson } from './prove-person.ts';

const make = command(api.account.makeRecoveryCodes, async ({ tx, caller, record }) => {
  const { totpSince, passkeys } = await findFactors(tx, caller.id);
  if (!totpSince && passkeys === 0)
    throw new Refusal('refused', 'Recovery codes stand for a lost authenticator app or passkey: add one first');
  const recoveryCodes = newRecoveryCodes();
  await replaceRecoveryCodes(tx, caller.id, recoveryCodes.map(hashRecoveryCode));
  await record({ type: 'person-recovery-codes-made', subjectId: caller.id, subjectName: caller.name });
  return { recoveryCodes };
});

/** Fresh recovery codes, in this answer and never again; all earlier ones are no good any more. */
export async function makeRecoveryCodes(plane: ControlPlane, asking: Caller, raw: unknown) {
  const { caller, input } = await provePerson(plane, asking, { route: api.account.makeRecoveryCodes, raw });
  return make(plane, caller, input);
}
