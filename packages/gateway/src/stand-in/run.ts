import { randomUUID } from 'node:crypto';
import { cancelRun, failRun, finishRun } from './run-end.ts';
import type { Ending } from './run-end.ts';
import type { RunRequest, StandInState } from './state.ts';
import { messageOf, modelNames, saidBy, tellRun } from './story.ts';
import type { Emit, Story } from './story.ts';

/** What the model of a stand-in says; throws with the provider's sentence when it fails. */
export type StandInModel = (
  message: string,
  call: { signal: AbortSignal; files: Map<string, string> },
) => AsyncIterable<ModelPiece>;
/** `responseId`: the provider's own id of the answer it is of. */
export type ModelPiece = { text: string; responseId?: string } | ToolPiece;
type ToolPiece = { tool: { name: string; arguments: string }; result: string; isError?: boolean };

export type Playing = { state: StandInState; model: StandInModel; emit: Emit; abort: AbortController };

/** Plays one run with its events in the order in which the real gateway sends them, and returns how it ended. */
export async function playRun(request: RunRequest, { abort, state, model, emit }: Playing): Promise<Ending> {
  const story = tellRun(request, emit, state);
  // Given up while it waited for another run of its conversation: it never began.
  if (abort.signal.aborted) return cancelRun(story, '', { hasBegun: false });
  story.agent('lifecycle', { phase: 'start', startedAt: story.startedAt });
  story.stand('start', { status: 'running', startedAt: story.startedAt });
  story.remember({ role: 'user', content: request.message, idempotencyKey: `${request.runId}:user` });
  story.agent('lifecycle', { phase: 'model', ...modelNames });
  const answer: Saying = { text: '', itemId: randomUUID(), toolNames: [] };
  try {
    for await (const piece of model(request.message, { signal: abort.signal, files: state.files })) {
      abort.signal.throwIfAborted();
      if ('tool' in piece) {
        playTool(piece, story);
        if (!piece.isError) answer.toolNames.push(piece.tool.name);
      } else sayPiece(piece, answer, story);
    }
    abort.signal.throwIfAborted();
  } catch (error) {
    return abort.signal.aborted ? cancelRun(story, answer.text, { hasBegun: true }) : failRun(story, error);
  }
  return finishRun(story, answer);
}

type Saying = { text: string; itemId: string; toolNames: string[]; responseId?: string };

function sayPiece({ text: delta, responseId }: { text: string; responseId?: string }, answer: Saying, story: Story) {
  answer.text += delta;
  if (responseId !== undefined) answer.responseId = responseId;
  story.agent('assistant', { text: answer.text, delta, itemId: answer.itemId });
  story.chat({ state: 'delta', deltaText: delta, message: messageOf(answer.text) });
}

/** A tool is a turn of the model's own: it is charged, kept, and asked once more afterwards. */
function playTool({ tool, result, isError = false }: ToolPiece, story: Story) {
  const toolCallId = `call_${randomUUID().slice(0, 8)}`;
  const { name } = tool;
  const args = JSON.parse(tool.arguments) as Record<string, unknown>;
  const outputTokens = Math.ceil(tool.arguments.length / 4);
  story.agent('usage', { outputTokens });
  const content = [{ type: 'toolCall', id: toolCallId, name, arguments: args }];
  story.remember(saidBy({ content, stopReason: 'toolUse', outputTokens }));

  const about = { meta: Object.values(args).join(' '), commandBearing: name === 'exec' };
  const item = { itemId: `tool:${toolCallId}`, toolCallId, name, kind: 'tool', title: name, ...about };
  const startedAt = Date.now();
  story.agent('item', { ...item, phase: 'start', status: 'running', startedAt });
  story.agent('tool', { phase: 'start', name, toolCallId, args });
  const said = [{ type: 'text', text: result }];
  story.agent('tool', { phase: 'result', name, toolCallId, isError, ...about, result: { content: said } });
  story.remember({ role: 'toolResult', toolCallId, toolName: name, content: said, isError });
  const ending = isError ? { status: 'failed', error: result } : { status: 'completed' };
  story.agent('item', { ...item, phase: 'end', startedAt, endedAt: Date.now(), ...ending });
  story.agent('lifecycle', { phase: 'model', ...modelNames });
}
