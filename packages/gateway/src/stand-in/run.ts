import { randomUUID } from 'node:crypto';
import type { Outcome } from './methods.ts';
import type { RunRequest, StandInState } from './state.ts';

/** What the model of a stand-in says; throws with the provider's sentence when it fails. */
export type StandInModel = (
  message: string,
  call: { signal: AbortSignal; files: Map<string, string> },
) => AsyncIterable<ModelPiece>;
export type ModelPiece =
  | { text: string }
  | { tool: { name: string; arguments: string }; result: string; isError?: boolean };

type Emit = (event: string, payload: unknown) => void;
type Playing = { state: StandInState; model: StandInModel; emit: Emit; abort: AbortController };

/** Plays one run with its events in the order in which the real gateway sends them, and returns its final answer. */
export async function playRun(request: RunRequest, playing: Playing): Promise<Outcome> {
  const { abort, state } = playing;
  const story = tell(request, playing);
  story.agent('lifecycle', { phase: 'start', startedAt: story.startedAt });
  story.remember({ role: 'user', content: request.message, idempotencyKey: `${request.runId}:user` });
  story.agent('lifecycle', { phase: 'model', provider: 'clawster', model: 'stand-in' });
  let text = '';
  try {
    const itemId = randomUUID();
    for await (const piece of playing.model(request.message, { signal: abort.signal, files: state.files })) {
      abort.signal.throwIfAborted();
      if ('tool' in piece) playTool(piece, story);
      else {
        text += piece.text;
        story.agent('assistant', { text, delta: piece.text, itemId });
        story.chat({ state: 'delta', deltaText: piece.text, message: messageOf(text) });
      }
    }
    abort.signal.throwIfAborted();
  } catch (error) {
    return abort.signal.aborted ? cancel(text, story) : fail(error, story);
  }
  return finish(text, story);
}

/** A run as it is told: its events are numbered, its messages kept in the session. */
type Story = {
  runId: string;
  startedAt: number;
  agent(stream: string, data: Record<string, unknown>): void;
  chat(fields: Record<string, unknown>): void;
  remember(message: Record<string, unknown>): void;
};

function tell({ runId, sessionKey }: RunRequest, { emit, state }: Playing): Story {
  let seq = 0;
  return {
    runId,
    startedAt: Date.now(),
    agent: (stream, data) =>
      emit('agent', { runId, sessionKey, agentId: 'main', stream, data, seq: (seq += 1), ts: Date.now() }),
    chat: (fields) => emit('chat', { runId, sessionKey, agentId: 'main', seq, ...fields }),
    remember(message) {
      const session = state.sessions.get(sessionKey) ?? [];
      const stored = {
        ...message,
        timestamp: Date.now(),
        __openclaw: { id: randomUUID(), seq: session.length + 1, runId },
      };
      state.sessions.set(sessionKey, [...session, stored]);
      emit('session.message', { sessionKey, message: stored });
    },
  };
}

function messageOf(text: string) {
  return { role: 'assistant', content: [{ type: 'text', text }], timestamp: Date.now() };
}

function finish(text: string, { runId, startedAt, agent, chat, remember }: Story): Outcome {
  const usage = {
    input: 10,
    output: Math.ceil(text.length / 4),
    cacheRead: 0,
    cacheWrite: 0,
    total: 10 + Math.ceil(text.length / 4),
  };
  agent('usage', { outputTokens: usage.output });
  remember({ role: 'assistant', content: [{ type: 'text', text }], provider: 'clawster', model: 'stand-in', usage });
  agent('lifecycle', { phase: 'finishing', stopReason: 'stop', aborted: false });
  agent('lifecycle', { phase: 'model', provider: null, model: null });
  agent('lifecycle', {
    phase: 'end',
    startedAt,
    endedAt: Date.now(),
    aborted: false,
    stopReason: 'stop',
    executionSettled: true,
  });
  chat({ state: 'final', stopReason: 'stop', message: messageOf(text) });
  return {
    ok: true,
    payload: {
      runId,
      status: 'ok',
      summary: 'completed',
      result: {
        payloads: [{ text, mediaUrl: null }],
        meta: { durationMs: Date.now() - startedAt, agentMeta: { usage }, aborted: false },
      },
    },
  };
}

function playTool(piece: Extract<ModelPiece, { tool: unknown }>, { agent }: Story) {
  const toolCallId = `call_${randomUUID().slice(0, 8)}`;
  const { name } = piece.tool;
  const item = { itemId: `tool:${toolCallId}`, toolCallId, name, kind: 'tool', title: name };
  agent('item', { ...item, phase: 'start', status: 'running' });
  agent('tool', { phase: 'start', name, toolCallId, args: JSON.parse(piece.tool.arguments) });
  agent('tool', {
    phase: 'result',
    name,
    toolCallId,
    isError: piece.isError ?? false,
    result: { content: [{ type: 'text', text: piece.result }] },
  });
  agent('item', { ...item, phase: 'end', status: piece.isError ? 'failed' : 'completed' });
}

function cancel(text: string, { runId, startedAt, agent, chat }: Story): Outcome {
  chat({ state: 'aborted', stopReason: 'rpc', message: { role: 'assistant', content: [{ type: 'text', text }] } });
  agent('lifecycle', {
    phase: 'end',
    status: 'cancelled',
    aborted: true,
    stopReason: 'rpc',
    startedAt,
    endedAt: Date.now(),
  });
  return {
    ok: true,
    payload: {
      runId,
      status: 'error',
      summary: 'aborted',
      error: 'aborted',
      stopReason: 'rpc',
      result: { payloads: [], meta: { aborted: true } },
    },
  };
}

function fail(error: unknown, { startedAt, agent, chat }: Story): Outcome {
  const sentence = error instanceof Error ? error.message : String(error);
  agent('lifecycle', { phase: 'finishing', error: sentence, aborted: false });
  agent('lifecycle', { phase: 'model', provider: null, model: null });
  agent('lifecycle', { phase: 'error', startedAt, endedAt: Date.now(), error: sentence, executionSettled: true });
  chat({ state: 'error', errorMessage: sentence });
  return { ok: false, error: { code: 'UNAVAILABLE', message: sentence } };
}
