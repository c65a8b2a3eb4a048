import { api } from '@clawster/contract/api';
import { query } from '../query.ts';
import { listOpenSessions } from './session.queries.ts';

/** The caller's own; an API key has none. */
export const listSessions = query(api.sessions.list, async ({ tx, caller }) => {
  const sessions = caller.kind === 'person' ? await listOpenSessions(tx, caller.id) : [];
  return {
    items: sessions.map((session) => ({
      ...session,
      current: session.id === caller.sessionId,
      createdAt: session.createdAt.toISOString(),
      lastSeenAt: session.lastSeenAt.toISOString(),
      expiresAt: session.expiresAt.toISOString(),
    })),
  };
});
