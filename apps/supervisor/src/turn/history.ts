import type { HistoryMessage } from '@clawster/gateway/protocol';
import { withoutOpenClawsAdditions } from '../model-gateway/demo-answer.ts';
import type { ChatMessage } from './turn-event.ts';

/** A conversation as people had it: without OpenClaw's time stamps, runtime notes, system notices and empty tool-call shells. */
export function messagesFrom(messages: HistoryMessage[]): ChatMessage[] {
  return messages.flatMap((message, index) => {
    const role = roles[message.role];
    const text = textOf(message);
    if (!role || (role !== 'tool' && text === '')) return [];
    if (role === 'user' && text.startsWith('[System] ')) return [];
    return [
      {
        id: message.__openclaw?.id ?? `${index}`,
        role,
        text,
        ...(message.timestamp ? { at: new Date(message.timestamp).toISOString() } : {}),
        ...turnOf(message),
        ...(role === 'tool' ? { toolName: message.toolName ?? 'tool', failed: message.isError ?? false } : {}),
      },
    ];
  });
}

/** Our own id of a turn is OpenClaw's of its run; what people say has none. */
function turnOf({ __openclaw: origin }: HistoryMessage) {
  return origin?.runId ? { turnId: origin.runId } : {};
}

const roles: Record<string, ChatMessage['role']> = {
  user: 'user',
  assistant: 'assistant',
  toolResult: 'tool',
  tool: 'tool',
};

/** What a message says, as people had it. */
export function textOf({ role, content }: HistoryMessage): string {
  const text =
    typeof content === 'string'
      ? content
      : content
          .filter((part) => part.type === 'text')
          .map((part) => part.text ?? '')
          .join('\n');
  return role === 'user' ? withoutOpenClawsAdditions(text) : text.trim();
}
