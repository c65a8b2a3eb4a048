import type { TurnEvent } from '@clawster/contract/turn';

export type ToolCall = { id: string; name: string; state: 'running' | 'done' | 'failed'; title?: string | undefined };
/** A turn as this page has seen it so far. `lost`: the connection broke, while the bot goes on answering. */
export type LiveTurn = {
  question: string;
  turnId?: string;
  text: string;
  progress?: string;
  tools: ToolCall[];
  state: 'asking' | 'answering' | 'done' | 'aborted' | 'failed' | 'lost';
  trouble?: string;
};

export function beginTurn(question: string): LiveTurn {
  return { question, text: '', tools: [], state: 'asking' };
}

/** The turn after one more event. `text` events carry the whole answer so far, so nothing is appended and nothing can be missed. */
export function nextTurn(turn: LiveTurn, event: TurnEvent): LiveTurn {
  switch (event.type) {
    case 'accepted':
      return { ...turn, turnId: event.turnId, state: 'answering' };
    case 'progress':
      return { ...turn, progress: event.text };
    case 'text':
      return { ...turn, text: event.text, state: 'answering' };
    case 'tool':
      return {
        ...turn,
        tools: withTool(turn.tools, {
          id: event.toolCallId,
          name: event.toolName,
          state: event.state,
          title: event.title,
        }),
      };
    case 'done':
      return { ...turn, text: event.text || turn.text, state: 'done' };
    case 'aborted':
      return { ...turn, text: event.text || turn.text, state: 'aborted' };
    case 'failed':
      return { ...turn, state: 'failed', trouble: event.message };
  }
}

export function isGoingOn(turn: LiveTurn | undefined): boolean {
  return turn?.state === 'asking' || turn?.state === 'answering';
}

function withTool(tools: ToolCall[], call: ToolCall): ToolCall[] {
  const known = tools.some(({ id }) => id === call.id);
  return known
    ? tools.map((tool) => (tool.id === call.id ? { ...call, title: call.title ?? tool.title } : tool))
    : [...tools, call];
}
