import { api } from '@clawster/contract/api';
import { Refusal } from '@clawster/domain/refusal';
import type { Caller } from '../caller.ts';
import { command } from '../command.ts';
import { databaseNow } from '../database-now.ts';
import { admit, parseInput } from '../enter.ts';
import type { ControlPlane } from '../plane.ts';
import { systemQuery } from '../query.ts';
import { forgetChallenges } from '../second-factor/challenge.queries.ts';
import { confirmTotp as confirm, findTotp, replaceRecoveryCodes } from '../second-factor/factor.queries.ts';
import { hashRecoveryCode, newRecoveryCodes } from '../second-factor/recovery-code.ts';
import { totpStep } from '../second-factor/totp.ts';
import { openTotp } from '../second-factor/totp-secret.ts';
import { countSecondStep, forgiveSecondStep } from '../session/sign-in-limits.ts';
import { closeOtherSessions } from './close-other-sessions.ts';
import { otherWorkspacesOf } from './elsewhere.ts';
import { refuseProgram } from './prove-person.ts';

/** Asks for codes of the offered authenticator from now on, once a code proved that the app has it; other sessions are closed, in every workspace. */
export async function confirmTotp(plane: ControlPlane, asking: Caller, raw: unknown) {
  const route = api.account.confirmTotp;
  const caller = admit(route, asking);
  const { code } = parseInput(route, raw);
  refuseProgram(caller);
  await countSecondStep(plane, caller.id);
  const proved = await proveOffered(plane, caller.id, code);
  await forgiveSecondStep(plane, caller.id);
  const recoveryCodes = newRecoveryCodes();
  const others = await otherWorkspacesOf(plane, caller);

  const store = command(route, async (context) => {
    const { tx } = context;
    const { id: personId, name } = caller;
    if (!(await confirm(tx, { ...proved, personId }))) throw nothingOffered();
    await replaceRecoveryCodes(tx, personId, recoveryCodes.map(hashRecoveryCode));
    await forgetChallenges(tx, personId);
    const told = { type: 'person-totp-added', subjectId: personId, subjectName: name } as const;
    await closeOtherSessions(context, others, told);
    return { recoveryCodes };
  });
  return store(plane, caller, raw);
}

async function proveOffered(
  plane: ControlPlane,
  personId: string,
  code: string,
): Promise<{ id: string; step: number }> {
  const { row, now } = await systemQuery(plane, async (tx) => ({
    row: await findTotp(tx, personId, 'offered'),
    now: await databaseNow(tx),
  }));
  if (!row) throw nothingOffered();
  const step = totpStep(await openTotp(plane, personId, row), code.replaceAll(' ', ''), now);
  if (step !== undefined) return { id: row.id, step };
  const message = 'This code is not right: enter the one the app shows now, and check its clock';
  throw Refusal.at('code', 'invalid', message);
}

function nothingOffered(): Refusal {
  return new Refusal('conflict', 'No authenticator app waits for its first code: begin again with the passphrase');
}
