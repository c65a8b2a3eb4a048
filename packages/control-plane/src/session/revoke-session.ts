import { api } from '@clawster/contract/api';
import { Refusal } from '@clawster/domain/refusal';
import type { Caller } from '../caller.ts';
import { command } from '../command.ts';
import type { ControlPlane } from '../plane.ts';
import { forgetCallers } from './caller-cache.ts';
import { closeSession } from './session.queries.ts';

const close = command(api.sessions.revoke, async ({ tx, caller, record }, { sessionId }) => {
  const closed = caller.kind === 'person' && (await closeSession(tx, sessionId, caller.id));
  if (!closed) throw new Refusal('not-found', 'You have no open session with this id');
  await record({ type: 'session-closed', subjectId: sessionId, subjectName: caller.name });
  return {};
});

/** Closes one of the caller's own sessions at once. */
export async function revokeSession(plane: ControlPlane, caller: Caller, raw: unknown) {
  const answer = await close(plane, caller, raw);
  forgetCallers(plane);
  return answer;
}
