import { api } from '@clawster/contract/api';
import { Refusal } from '@clawster/domain/refusal';
import { command } from '../command.ts';
import { closeSession } from './session.queries.ts';

/** Closes one of the caller's own sessions at once. */
export const revokeSession = command(api.sessions.revoke, async ({ tx, caller, record }, { sessionId }) => {
  const closed = caller.kind === 'person' && (await closeSession(tx, sessionId, caller.id));
  if (!closed) throw new Refusal('not-found', 'You have no open session with this id');
  await record({ type: 'session-closed', subjectId: sessionId, subjectName: caller.name });
  return {};
});
