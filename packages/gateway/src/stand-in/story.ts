import { randomUUID } from 'node:crypto';
import { writeDown } from './audit-methods.ts';
import type { Connection } from './connection.ts';
import { sessionOf } from './session.ts';
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
  /** Tells how the run stands to who listens to sessions, who finds it when they ask as well. */
  stand(phase: 'start' | 'end' | 'error', standing: Record<string, unknown>): void;
};

export function tellRun({ runId, sessionKey, starter }: RunRequest, emit: Emit, state: StandInState): Story {
  let seq = 0;
  const session = sessionOf(state, sessionKey);
  const { sessionId, messages } = session;
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
      const id = randomUUID();
      const messageSeq = messages.length + 1;
      const recordTimestampMs = Date.now();
      const { role, idempotencyKey } = message;
      const origin = { ...(role === 'user' ? {} : { runId }), ...(idempotencyKey ? { idempotencyKey } : {}) };
      const kept = { ...origin, id, recordTimestampMs, seq: messageSeq };
      const stored = { timestamp: recordTimestampMs, ...message, __openclaw: kept };
      messages.push(stored);
      session.standing.updatedAt = recordTimestampMs;
      if (role === 'toolResult') return;
      const whose = { sessionKey, agentId: 'main', ...(isFinal ? { runId } : {}) };
      emit('session.message', { ...whose, message: stored, messageId: id, messageSeq });
    },
    stand(phase, standing) {
      const now = Date.now();
      Object.assign(session.standing, { lastRunId: runId, updatedAt: now, ...standing });
      if (phase !== 'start') session.standing['endedAt'] = now;
      const action = phase === 'start' ? 'agent.run.started' : 'agent.run.finished';
      writeDown(state, { action, runId });
      emit('sessions.changed', { sessionKey, agentId: 'main', phase, runId, ts: now, ...standing });
    },
  };
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
