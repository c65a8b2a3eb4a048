export type CountedTokens = { inputTokens: number; outputTokens: number };
/** A call as the model gateway counted it, or an answer as OpenClaw did; of one bot. */
export type CountedCall = CountedTokens & { botId: string; responseId?: string | undefined; at: string };
export type Difference = { openclaw: CountedTokens; why: string };

/**
 * Lays OpenClaw's counts beside those of the model gateway: by how much each call differs, in the order of the calls, and
 * the answers that never passed the gateway.
 */
export function differencesOf<Message extends CountedCall>(
  calls: readonly CountedCall[],
  messages: readonly Message[],
): { ofCalls: (Difference | undefined)[]; unseen: { message: Message; difference: Difference }[] } {
  const left = new Set(messages);
  const ofCalls = calls.map((call) => {
    const message = nearest(call, left);
    if (!message) return undefined;
    left.delete(message);
    return differenceOf(call, message);
  });
  const unseen = [...left].map((message) => ({
    message,
    difference: { openclaw: tokensOf(message), why: 'OpenClaw used this answer, which never passed the model gateway' },
  }));
  return { ofCalls, unseen };
}

/** A provider may name its answers alike: of several the one that came nearest is meant. */
function nearest<Message extends CountedCall>(call: CountedCall, messages: ReadonlySet<Message>): Message | undefined {
  if (call.responseId === undefined) return undefined;
  const apart = ({ at }: Message) => Math.abs(Date.parse(at) - Date.parse(call.at));
  return [...messages]
    .filter(({ botId, responseId }) => botId === call.botId && responseId === call.responseId)
    .toSorted((one, other) => apart(one) - apart(other))[0];
}

function differenceOf(call: CountedTokens, message: CountedTokens): Difference | undefined {
  const { inputTokens, outputTokens } = message;
  if (inputTokens === call.inputTokens && outputTokens === call.outputTokens) return undefined;
  return { openclaw: tokensOf(message), why: 'OpenClaw counted other tokens than the model gateway' };
}

function tokensOf({ inputTokens, outputTokens }: CountedTokens): CountedTokens {
  return { inputTokens, outputTokens };
}
