/** What a value is made of: its keys, and the types of what they hold. */
export type Shape = string | Shape[] | { [key: string]: Shape };

export function shapeOf(value: unknown): Shape {
  if (value === null) return 'null';
  if (Array.isArray(value)) {
    const shapes = value.map(shapeOf);
    // Of a list of words only the beginning tells.
    return typeof shapes[0] === 'string' ? shapes.slice(0, 1) : shapes;
  }
  if (typeof value !== 'object') return typeof value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, shapeOf(one)]));
}

/** What we read of a frame, or may come to read; a gateway tells much more of sessions and of itself. */
const known = new Set(
  (
    'type event id ok payload nonce ts capabilities protocol server version buildId bootId connId features methods events ' +
    'auth method role scopes policy maxPayload maxBufferedBytes tickIntervalMs authMode stateVersion presence uptimeMs ' +
    'runId sessionKey sessionId agentId status summary acceptedAt endedAt stopReason result payloads text mediaUrl ' +
    'meta durationMs aborted agentMeta provider model usage input output cacheRead cacheWrite total totalTokens ' +
    'stream data phase startedAt delta itemId outputTokens toolCallId name kind title commandBearing isError ' +
    'livenessState executionSettled state deltaText message content timestamp errorMessage messageId messageSeq ' +
    'idempotencyKey toolName openclawAbort __openclaw seq messages hasMore totalMessages subscribed runIds key deleted ' +
    'archived path exists valid hash issues warnings legacyIssues configRevisionHash appliedConfigHash warningCount ' +
    'workspace file missing expectedAbsent size updatedAtMs defaultAgentId channels runtimeVersion ' +
    'channelAccounts statusIssues accounts requests degradedSecretOwners degradedPlugins terminalDisposition reason restartExpectedMs'
  ).split(' '),
);
/** What is looked at as a whole. */
const whole = new Set([
  'error',
  'errorObservation',
  'errorDetail',
  'args',
  'arguments',
  'terminalReceipt',
  'terminalReply',
]);

/** A frame without what we never look at, and of long lists the beginning alone. */
export function trimmed<Value>(value: Value): Value;
export function trimmed(value: unknown): unknown {
  if (Array.isArray(value)) return value.slice(0, 5).map((one: unknown) => trimmed(one));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, one]) => {
      if (whole.has(key)) return [[key, one]];
      return known.has(key) ? [[key, trimmed(one)]] : [];
    }),
  );
}
