import { api } from '@clawster/contract/api';
import { Refusal } from '@clawster/domain/refusal';
import type { Caller } from '../caller.ts';
import { command } from '../command.ts';
import type { ControlPlane } from '../plane.ts';
import { forgetCallers } from './caller-cache.ts';
import { closeSession } from './session.queries.ts';

const close = command(api.sessions.signOut, async ({ tx, caller, record }) => {
  const { sessionId } = caller;
  if (!sessionId) throw new Refusal('refused', 'An API key has no session to sign out of: revoke the key instead');
  await closeSession(tx, sessionId, caller.id);
  await record({ type: 'session-closed', subjectId: sessionId, subjectName: caller.name });
  return {};
});

/** Closes the caller's session; its token opens nothing from then on. */
export async function signOut(plane: ControlPlane, caller: Caller, raw: unknown) {
  const answer = await close(plane, caller, raw);
  forgetCallers(plane);
  return answer;
}
