import { api } from '@clawster/contract/api';
import type { Caller } from '../caller.ts';
import { parseInput } from '../enter.ts';
import type { ControlPlane } from '../plane.ts';
import type { OpenedSession } from '../session/open-session.ts';
import { beginSecondStep, endSecondStep } from '../session/second-step.ts';
import { provePasskey } from './prove-passkey.ts';

/** Opens the session that a right password asked for, once a passkey of the same person signed. */
export async function secondStepWithPasskey(plane: ControlPlane, caller: Caller, raw: unknown): Promise<OpenedSession> {
  const { challenge, credential } = parseInput(api.passkeys.secondStep, raw);
  const asked = await beginSecondStep(plane, challenge);
  const { told } = await provePasskey(plane, caller, { credential, purpose: 'second-step', of: asked.account.id });
  return endSecondStep(plane, caller, { asked, told });
}
