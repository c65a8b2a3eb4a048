import { AgentEvent, ChatEvent } from '@clawster/gateway/protocol';
import type { EventFrame } from '@clawster/gateway/protocol';
import type { TurnEvent } from './turn-event.ts';

const progressTexts: Record<string, string> = {
  preparing_workspace: 'Preparing the workspace',
  preparing_context: 'Reading the conversation',
  starting_model: 'Asking the model',
};

/** Turns the gateway's events of one run into what a person follows. Ends are not told here: the run's own answer is. */
export function followRun(runId: string, tell: (event: TurnEvent) => void) {
  /** OpenClaw counts the text anew after each tool; the whole answer is all of them. */
  const texts = new Map<string, string>();
  let aborted = false;
  const whole = () => [...texts.values()].filter((text) => text !== '').join('\n\n');

  function seeChat(payload: unknown) {
    const chat = ChatEvent.safeParse(payload).data;
    if (chat?.runId === runId && chat.state === 'aborted') aborted = true;
  }

  function seeAgent(payload: unknown) {
    const seen = AgentEvent.safeParse(payload).data;
    if (seen?.runId !== runId) return;
    const { stream, data } = seen;
    if (stream === 'assistant' && typeof data['text'] === 'string') {
      texts.set(typeof data['itemId'] === 'string' ? data['itemId'] : '', data['text']);
      tell({ type: 'text', text: whole() });
    } else if (stream === 'item' && data['kind'] === 'tool') tellTool(data, tell);
    else if (stream === 'run_status' || (stream === 'lifecycle' && data['phase'] === 'model')) tellProgress(data, tell);
  }

  return {
    text: whole,
    wasAborted: () => aborted,
    see({ event, payload }: EventFrame) {
      if (event === 'chat') seeChat(payload);
      if (event === 'agent') seeAgent(payload);
    },
  };
}

function tellTool(data: Record<string, unknown>, tell: (event: TurnEvent) => void) {
  if (data['phase'] === 'update') return;
  const state = data['phase'] === 'start' ? 'running' : data['status'] === 'completed' ? 'done' : 'failed';
  tell({
    type: 'tool',
    toolCallId: String(data['toolCallId'] ?? data['itemId']),
    toolName: String(data['name']),
    state,
    ...(typeof data['title'] === 'string' ? { title: data['title'] } : {}),
  });
}

function tellProgress(data: Record<string, unknown>, tell: (event: TurnEvent) => void) {
  // A model of `null` says that the model's part is over.
  if (data['phase'] === 'model' && data['model'] === null) return;
  const text = data['phase'] === 'model' ? 'The model is thinking' : progressTexts[String(data['phase'])];
  if (text) tell({ type: 'progress', text });
}
