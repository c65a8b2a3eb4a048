import { randomUUID } from 'node:crypto';
import type { StandInState } from './state.ts';

/** A conversation, with how its last run stands. */
export type StandInSession = {
  sessionId: string;
  messages: Record<string, unknown>[];
  standing: Record<string, unknown> & { updatedAt: number };
};

/** The session of this key; there is one from the first time that something is said in it. */
export function sessionOf({ sessions }: Pick<StandInState, 'sessions'>, key: string): StandInSession {
  const known = sessions.get(key);
  if (known) return known;
  const session = { sessionId: randomUUID(), messages: [], standing: { updatedAt: Date.now() } };
  sessions.set(key, session);
  return session;
}

/** A page of a conversation, counted from its newest message back, as `chat.history` gives it. */
export function pageOf({ messages }: StandInSession, { limit, offset }: { limit: number; offset: number }) {
  const end = Math.max(0, messages.length - offset);
  const start = Math.max(0, end - limit);
  return {
    messages: messages.slice(start, end),
    ...(offset > 0 ? { offset } : {}),
    ...(start > 0 ? { nextOffset: messages.length - start } : {}),
    hasMore: start > 0,
    totalMessages: messages.length,
  };
}
