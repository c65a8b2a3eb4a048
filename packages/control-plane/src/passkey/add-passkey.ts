import { api } from '@clawster/contract/api';
import { violates } from '@clawster/database/violation';
import { Refusal } from '@clawster/domain/refusal';
import type { Caller } from '../caller.ts';
import { command } from '../command.ts';
import { admit, parseInput } from '../enter.ts';
import { closeOtherSessions } from '../account/close-other-sessions.ts';
import { otherWorkspacesOf } from '../account/elsewhere.ts';
import type { ControlPlane } from '../plane.ts';
import { refuseProgram } from '../account/prove-person.ts';
import { findFactors, replaceRecoveryCodes } from '../second-factor/factor.queries.ts';
import { hashRecoveryCode, newRecoveryCodes } from '../second-factor/recovery-code.ts';
import { useChallenge } from './ask-challenge.ts';
import { insertPasskey } from './passkey.queries.ts';
import { type MadePasskey, verifyMade } from './web-authn.ts';

const route = api.passkeys.add;

/** Adds the passkey a browser made for the person who proved themselves for it; with a first factor other sessions are closed. */
export async function addPasskey(plane: ControlPlane, asking: Caller, raw: unknown) {
  const caller = admit(route, asking);
  const { credential } = parseInput(route, raw);
  refuseProgram(caller);
  const asked = await useChallenge(plane, 'add', credential);
  const made = asked.personId === caller.id ? await verifyMade(credential, asked) : undefined;
  if (!made) throw new Refusal('refused', 'The passkey was not made as it was asked for: begin again');
  return storing(made, await otherWorkspacesOf(plane, caller))(plane, caller, raw);
}

function storing(made: MadePasskey, others: readonly string[]) {
  return command(route, async (context, { name }) => {
    const { tx, caller, record } = context;
    const { id: personId } = caller;
    const before = await findFactors(tx, personId);
    const passkey = await unlessKnown(() => insertPasskey(tx, { ...made, personId, name }));
    // Whoever came in with the passphrase alone proves the new factor too.
    const isFirst = before.totpSince === undefined && before.passkeys === 0;
    const detail = { passkey: name, host: made.host };
    const told = { type: 'person-passkey-added', subjectId: personId, subjectName: caller.name, detail } as const;
    if (isFirst) await closeOtherSessions(context, others, told);
    else await record({ ...told, detail: { ...detail, sessions: 0 } });
    if (before.recoveryCodesLeft > 0) return { passkey };
    const recoveryCodes = newRecoveryCodes();
    await replaceRecoveryCodes(tx, personId, recoveryCodes.map(hashRecoveryCode));
    return { passkey, recoveryCodes };
  });
}

async function unlessKnown<T>(write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (cause) {
    if (!violates(cause, 'passkey_credential')) throw cause;
    throw new Refusal('conflict', 'This passkey was added already: use another', { cause });
  }
}
