import { api } from '@clawster/contract/api';
import { Refusal } from '@clawster/domain/refusal';
import { command } from '../command.ts';
import { closeSession } from './session.queries.ts';

/** Closes the caller's session; its token opens nothing from then on. */
export const signOut = command(api.sessions.signOut, async ({ tx, caller, record }) => {
  const { sessionId } = caller;
  if (!sessionId) throw new Refusal('refused', 'An API key has no session to sign out of: revoke the key instead');
  await closeSession(tx, sessionId, caller.id);
  await record({ type: 'session-closed', subjectId: sessionId, subjectName: caller.name });
  return {};
});
