import { createHash, randomUUID } from 'node:crypto';
import type { Connection } from './connection.ts';
import type { RunRequest, StandInState } from './state.ts';

/** Tells the clients that may hear it; `starter` and `stream` decide that for the events of a run. */
export type Emit = (event: string, payload: unknown, about?: { stream?: string; starter?: Connection }) => void;

/** What a run's model is called in what is told of it. */
export const modelNames = { provider: 'clawster', model: 'stand-in' };

/** A run as it is told: its events are numbered, its messages kept in the session. */
export type Story = {
  runId: string;
  sessionId: string;
  startedAt: number;
  agent(stream: string, data: Record<string, unknown>): void;
  chat(fields: Record<string, unknown>): void;
  /** Keeps a message and tells it; what a tool said is kept alone. */
  remember(message: Record<string, unknown>, isFinal?: boolean): void;
};

export function tellRun({ runId, sessionKey, starter }: RunRequest, emit: Emit, state: StandInState): Story {
  let seq = 0;
  const sessionId = sessionIdOf(sessionKey);
  const about = { runId, sessionKey, agentId: 'main' };
  return {
    runId,
    sessionId,
    startedAt: Date.now(),
    agent(stream, data) {
      const whose = stream === 'lifecycle' ? { ...about, sessionId } : about;
      emit('agent', { ...whose, stream, data, seq: (seq += 1), ts: Date.now() }, { stream, starter });
    },
    chat: (fields) => emit('chat', { ...about, seq, ...fields }),
    remember(message, isFinal = false) {
      const session = state.sessions.get(sessionKey) ?? [];
      const id = randomUUID();
      const messageSeq = session.length + 1;
      const { role, idempotencyKey } = message;
      const origin = { ...(role === 'user' ? {} : { runId }), ...(idempotencyKey ? { idempotencyKey } : {}) };
      const stored = { ...message, timestamp: Date.now(), __openclaw: { ...origin, id, seq: messageSeq } };
      state.sessions.set(sessionKey, [...session, stored]);
      if (role === 'toolResult') return;
      const whose = { sessionKey, agentId: 'main', ...(isFinal ? { runId } : {}) };
      emit('session.message', { ...whose, message: stored, messageId: id, messageSeq });
    },
  };
}

export function sessionIdOf(sessionKey: string): string {
  return createHash('sha256').update(sessionKey).digest('hex').slice(0, 32);
}

export function messageOf(text: string) {
  return { role: 'assistant', content: [{ type: 'text', text }], timestamp: Date.now() };
}

/** What the model said in one of its turns, as the session keeps it; the first is charged with the prompt. */
export function saidBy(model: { content: unknown[]; stopReason: string; outputTokens: number }) {
  const { content, stopReason, outputTokens } = model;
  const input = outputTokens === 0 ? 0 : 10;
  const usage = { input, output: outputTokens, totalTokens: input + outputTokens, cacheRead: 0, cacheWrite: 0 };
  return { role: 'assistant', content, ...modelNames, usage, stopReason };
}
