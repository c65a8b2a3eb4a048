import type { GatewayClient } from '@clawster/gateway/client';
import { ChatHistory, type HistoryMessage, type SessionStanding } from '@clawster/gateway/protocol';

const pageLength = 50;
/** Of a conversation that went on for longer than this while nobody read, the rest is told as a gap. */
const pagesMax = 200;
/** As much of each message as may be told at most, and a little more: OpenClaw cuts to 8,000 unless asked. */
const charactersMax = 50_000;

export type Numbered = { seq: number; message: HistoryMessage };
export type SessionHistory = {
  sessionId: string;
  messages: Numbered[];
  session: SessionStanding | undefined;
};

/**
 * The messages of a conversation from the newest back to the one that was read last, and with it, in order. Undefined when
 * there is no such conversation. What is written meanwhile moves the pages: it comes twice, and is told apart by its number.
 */
export async function readHistory(
  client: GatewayClient,
  sessionKey: string,
  read: { sessionId?: string | undefined; seq: number },
): Promise<SessionHistory | undefined> {
  const found = new Map<number, HistoryMessage>();
  let first: ChatHistory | undefined;
  for (let page = 0, offset = 0; page < pagesMax; page += 1) {
    const asked = { sessionKey, limit: pageLength, offset, maxChars: charactersMax };
    const history = ChatHistory.parse(await client.call('chat.history', asked));
    first ??= history;
    // Begun anew in the middle of it: the pages are of two conversations.
    if (history.sessionId !== first.sessionId) return readHistory(client, sessionKey, read);
    for (const { seq, message } of numbered(history)) found.set(seq, message);
    if (isLast(history, read)) break;
    offset = history.nextOffset ?? offset + history.messages.length;
  }
  if (first?.sessionId === undefined) return undefined;
  const messages = [...found].map(([seq, message]) => ({ seq, message })).toSorted((a, b) => a.seq - b.seq);
  return { sessionId: first.sessionId, messages, session: first.sessionInfo };
}

function numbered({ messages }: ChatHistory): Numbered[] {
  return messages.flatMap((message) => {
    const seq = message.__openclaw?.seq;
    return seq === undefined ? [] : [{ seq, message }];
  });
}

/** Whether nothing that was not read lies before this page. */
function isLast(history: ChatHistory, read: { sessionId?: string | undefined; seq: number }): boolean {
  const first = numbered(history)[0]?.seq;
  const upTo = read.sessionId === history.sessionId ? read.seq : 0;
  return !history.hasMore || first === undefined || first <= upTo;
}
