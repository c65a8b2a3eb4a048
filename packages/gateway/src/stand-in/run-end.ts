import type { Outcome } from './connection.ts';
import { messageOf, modelNames, saidBy } from './story.ts';
import type { Story } from './story.ts';

type Answer = { text: string; toolNames: string[]; responseId?: string };
/** The final answer to who started the run, and what `agent.wait` says of it from then on. */
export type Ending = { answer: Outcome; settled: Record<string, unknown> };

/** Tells that the run answered. */
export function finishRun(story: Story, { text, toolNames, responseId }: Answer): Ending {
  const { runId, startedAt } = story;
  const outputTokens = Math.ceil(text.length / 4);
  story.agent('usage', { outputTokens });
  const said = saidBy({ content: [{ type: 'text', text }], stopReason: 'stop', outputTokens });
  story.remember({ ...said, ...(responseId === undefined ? {} : { responseId }) }, true);
  const ending = { aborted: false, stopReason: 'stop', livenessState: 'working', endedAt: Date.now() };
  story.agent('lifecycle', { phase: 'finishing', ...ending });
  story.agent('lifecycle', { phase: 'model', provider: null, model: null });
  const terminal = {
    terminalReceipt: receiptOf(story, toolNames),
    terminalReply: { disposition: 'visible', text },
  };
  story.agent('lifecycle', { phase: 'end', ...ending, startedAt, executionSettled: true, ...terminal });
  story.chat({ state: 'final', stopReason: 'stop', message: messageOf(text) });
  story.stand('end', { status: 'done' });
  const usage = { input: 10, output: outputTokens, cacheRead: 0, cacheWrite: 0, total: 10 + outputTokens };
  const { endedAt, stopReason, livenessState } = ending;
  const { terminalDisposition: _, ...terminalReceipt } = terminal.terminalReceipt;
  const agentMeta = { sessionId: story.sessionId, ...modelNames, usage, terminalReceipt };
  const meta = { durationMs: endedAt - startedAt, agentMeta, aborted: false, stopReason, livenessState };
  const result = { payloads: [{ text, mediaUrl: null }], meta };
  return {
    answer: { ok: true, payload: { runId, status: 'ok', summary: 'completed', result } },
    settled: { runId, status: 'ok', endedAt, stopReason, livenessState, ...terminal },
  };
}

function receiptOf({ runId, sessionId }: Story, successfulToolNames: string[]) {
  const { provider, model } = modelNames;
  return {
    runId,
    sessionId,
    turnId: runId,
    requested: { provider, model },
    effective: { provider, model, responseModel: model },
    successfulToolNames,
    rerouted: false,
    terminalDisposition: 'visible',
  };
}

/** Tells that the run was given up. Its final answer calls that a timeout; what was said so far is kept. */
export function cancelRun(story: Story, text: string, { hasBegun }: { hasBegun: boolean }): Ending {
  const { runId, startedAt } = story;
  story.chat({ state: 'aborted', stopReason: 'rpc', ...(text ? { message: messageOf(text) } : {}) });
  const given = { status: 'cancelled', aborted: true, stopReason: 'rpc', endedAt: Date.now() };
  story.agent('lifecycle', { phase: 'end', ...given, ...(hasBegun ? { startedAt } : {}) });
  if (text) {
    const said = saidBy({ content: [{ type: 'text', text }], stopReason: 'stop', outputTokens: 0 });
    const byGateway = { provider: 'openclaw', model: 'gateway-injected', idempotencyKey: `${runId}:assistant` };
    story.remember({ ...said, ...byGateway, openclawAbort: { aborted: true, origin: 'rpc', runId } }, true);
  }
  story.agent('lifecycle', {
    phase: 'error',
    startedAt,
    endedAt: Date.now(),
    error: 'This operation was aborted',
    aborted: true,
    stopReason: 'aborted',
    executionSettled: true,
  });
  if (hasBegun) story.stand('error', { status: 'killed' });
  const { stopReason, endedAt } = given;
  return {
    answer: { ok: true, payload: { runId, status: 'timeout', summary: 'aborted', stopReason } },
    settled: { runId, status: 'error', ...(hasBegun ? { startedAt } : {}), endedAt, stopReason },
  };
}

/** Tells that the model failed, with the sentence for people. */
export function failRun(story: Story, reason: unknown): Ending {
  const { runId, startedAt } = story;
  const error = reason instanceof Error ? reason.message : String(reason);
  const errorObservation = { ...modelNames, failoverReason: 'format', providerRuntimeFailureKind: 'schema' };
  const endedAt = Date.now();
  story.agent('lifecycle', {
    phase: 'finishing',
    error,
    errorObservation,
    aborted: false,
    livenessState: 'blocked',
    endedAt,
  });
  story.agent('lifecycle', { phase: 'model', provider: null, model: null });
  story.agent('lifecycle', { phase: 'error', startedAt, endedAt, error, errorObservation, executionSettled: true });
  story.chat({ state: 'error', errorMessage: error, errorDetail: errorObservation });
  const said = saidBy({ content: [{ type: 'text', text: `⚠️ ${error}` }], stopReason: 'error', outputTokens: 0 });
  story.remember({ ...said, idempotencyKey: `${runId}:terminal-error` }, true);
  story.stand('error', { status: 'failed', lastRunError: error });
  const answer = {
    ok: false as const,
    payload: { runId, status: 'error', summary: error },
    error: { code: 'UNAVAILABLE', message: error },
  };
  return { answer, settled: { runId, status: 'error', endedAt, error } };
}
