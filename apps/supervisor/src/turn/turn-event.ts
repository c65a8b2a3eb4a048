/** What the control plane shows of a turn; the shapes are the contract's `TurnEvent` and `ChatMessage`. */
export type TurnEvent =
  | { type: 'accepted'; turnId: string }
  | { type: 'progress'; text: string }
  | { type: 'text'; text: string }
  | { type: 'tool'; toolCallId: string; toolName: string; state: 'running' | 'done' | 'failed'; title?: string }
  | { type: 'done'; text: string; usage?: { inputTokens: number; outputTokens: number } }
  | { type: 'aborted'; text: string }
  | { type: 'failed'; message: string };

export type ChatMessage = {
  id: string;
  role: 'user' | 'assistant' | 'tool';
  text: string;
  at?: string;
  toolName?: string;
  failed?: boolean;
  turnId?: string;
};
export type LogLine = { source: 'supervisor' | 'gateway'; at?: string; level?: string; text: string };
