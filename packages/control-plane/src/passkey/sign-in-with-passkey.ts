import { api } from '@clawster/contract/api';
import type { Caller } from '../caller.ts';
import { parseInput } from '../enter.ts';
import type { ControlPlane } from '../plane.ts';
import { letIn } from '../session/let-in.ts';
import type { OpenedSession } from '../session/open-session.ts';
import { provePasskey } from './prove-passkey.ts';

/** Opens the session of whoever's passkey signed the challenge: it is something they hold, unlocked by what they know or are. */
export async function signInWithPasskey(plane: ControlPlane, caller: Caller, raw: unknown): Promise<OpenedSession> {
  const { credential } = parseInput(api.passkeys.signIn, raw);
  const proved = await provePasskey(plane, caller, { credential, purpose: 'sign-in' });
  return letIn(plane, caller, { ...proved, invitationHash: undefined });
}
