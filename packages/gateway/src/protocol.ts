import { z } from 'zod';

/** The wire protocol of OpenClaw 2026.x; either side refuses every other. */
export const protocolVersion = 4;
/** What a supervisor may do on its own bot; a run carries the scopes of whoever started it. */
export const operatorScopes = [
  'operator.read',
  'operator.write',
  'operator.admin',
  'operator.approvals',
  'operator.questions',
] as const;
/** Without `tool-events` the gateway keeps a tool's life to itself; without the approvals, runs that ask are denied at once. */
export const operatorCaps = ['tool-events', 'approvals', 'exec-approvals', 'plugin-approvals'] as const;
/** Close codes the gateway uses to say "come back": restarting, and not yet up. */
export const closeCode = { restarting: 1012, starting: 1013, authChanged: 4001 } as const;

export const GatewayProblem = z.object({
  code: z.string(),
  message: z.string(),
  details: z.record(z.string(), z.unknown()).optional(),
  retryable: z.boolean().optional(),
  retryAfterMs: z.number().optional(),
});
export type GatewayProblem = z.infer<typeof GatewayProblem>;

export const ResponseFrame = z.object({
  type: z.literal('res'),
  id: z.string(),
  ok: z.boolean(),
  payload: z.unknown().optional(),
  error: GatewayProblem.optional(),
});
export const EventFrame = z.object({
  type: z.literal('event'),
  event: z.string(),
  payload: z.unknown().optional(),
  seq: z.number().optional(),
});
/** What a gateway sends; frames of unknown types are skipped, so that a newer gateway can be spoken to. */
export const IncomingFrame = z.discriminatedUnion('type', [ResponseFrame, EventFrame]);
export type IncomingFrame = z.infer<typeof IncomingFrame>;
export type EventFrame = z.infer<typeof EventFrame>;
/** What any frame is, of a type that is known or not. */
export const AnyFrame = z.looseObject({ type: z.string() });
export const knownFrames: readonly string[] = ['res', 'event'];

export const Challenge = z.object({ nonce: z.string(), ts: z.number() });

export const HelloOk = z.object({
  type: z.literal('hello-ok'),
  protocol: z.number(),
  /** `bootId` changes with every start, also with one inside the same process. */
  server: z.object({ version: z.string(), bootId: z.string(), connId: z.string() }),
  features: z.object({ methods: z.array(z.string()), events: z.array(z.string()) }),
  auth: z.object({ role: z.string(), scopes: z.array(z.string()) }),
  policy: z.object({ maxPayload: z.number(), tickIntervalMs: z.number() }),
});
export type HelloOk = z.infer<typeof HelloOk>;

/** Applied when both hashes agree and the file is valid: saved is not applied. */
export const ConfigState = z.object({
  valid: z.boolean(),
  hash: z.string(),
  configRevisionHash: z.string().nullish(),
  appliedConfigHash: z.string().nullish(),
  issues: z.array(z.object({ path: z.string().optional(), message: z.string() })).default([]),
});
export type ConfigState = z.infer<typeof ConfigState>;

export const AgentAccepted = z.object({
  runId: z.string(),
  status: z.literal('accepted'),
  sessionKey: z.string().optional(),
});

export const Usage = z.object({
  input: z.number().default(0),
  output: z.number().default(0),
  cacheRead: z.number().default(0),
  cacheWrite: z.number().default(0),
});
/** The second answer of `agent`; `status` is `ok`, `error` or `timeout`, which a run that was given up has too: its `stopReason` is `rpc`. */
export const AgentFinal = z.object({
  runId: z.string(),
  status: z.string(),
  summary: z.string().optional(),
  error: z.string().optional(),
  stopReason: z.string().optional(),
  result: z
    .object({
      payloads: z.array(z.object({ text: z.string().nullish() })).default([]),
      meta: z
        .object({ aborted: z.boolean().optional(), agentMeta: z.object({ usage: Usage.optional() }).optional() })
        .optional(),
    })
    .optional(),
});
export type AgentFinal = z.infer<typeof AgentFinal>;

/** What `agent.wait` says of a run: `timeout` without an end is one that goes on, or that the gateway does not know. */
export const AgentSettled = z.object({
  runId: z.string(),
  status: z.string(),
  endedAt: z.number().optional(),
  error: z.string().optional(),
  stopReason: z.string().optional(),
  terminalReply: z.object({ text: z.string().optional() }).optional(),
});

/** Payload of an `agent` event; `seq` counts within one run. */
export const AgentEvent = z.object({
  runId: z.string(),
  sessionKey: z.string().optional(),
  stream: z.string(),
  seq: z.number().optional(),
  data: z.record(z.string(), z.unknown()).default({}),
});
export type AgentEvent = z.infer<typeof AgentEvent>;

/** Payload of a `chat` event. */
export const ChatEvent = z.object({
  runId: z.string(),
  sessionKey: z.string().optional(),
  state: z.enum(['status', 'delta', 'final', 'error', 'aborted']),
  phase: z.string().optional(),
  errorMessage: z.string().optional(),
  stopReason: z.string().optional(),
  message: z.unknown().optional(),
});
export type ChatEvent = z.infer<typeof ChatEvent>;

/** Answer to `sessions.list`, those that changed last first; of each session what we look at. */
export const SessionList = z.object({
  sessions: z.array(
    z.object({ key: z.string(), hasActiveRun: z.boolean().default(false), updatedAt: z.number().nullish() }),
  ),
  nextOffset: z.number().nullish(),
});

export const AbortResult = z.object({ ok: z.boolean(), aborted: z.boolean(), runIds: z.array(z.string()) });

const textPart = z.looseObject({
  type: z.string(),
  text: z.string().optional(),
  id: z.string().optional(),
  name: z.string().optional(),
});
/** What OpenClaw keeps beside a message. `seq` rises by one within a session; who wrote is known of channels alone. */
const MessageOrigin = z.object({
  id: z.string().optional(),
  seq: z.number().optional(),
  runId: z.string().optional(),
  recordTimestampMs: z.number().optional(),
  senderId: z.string().optional(),
  senderName: z.string().optional(),
  transport: z.object({ channel: z.string().optional() }).optional(),
});
/** One message as `chat.history` gives it; a tool's answer has the role `toolResult`. */
export const HistoryMessage = z.object({
  role: z.string(),
  content: z.union([z.string(), z.array(textPart)]).default(''),
  timestamp: z.number().optional(),
  toolName: z.string().optional(),
  toolCallId: z.string().optional(),
  isError: z.boolean().optional(),
  idempotencyKey: z.string().optional(),
  provider: z.string().optional(),
  model: z.string().optional(),
  usage: Usage.loose().optional(),
  /** The provider's own id of its answer. */
  responseId: z.string().optional(),
  stopReason: z.string().optional(),
  openclawAbort: z.object({ runId: z.string().optional() }).optional(),
  __openclaw: MessageOrigin.optional(),
});
export type HistoryMessage = z.infer<typeof HistoryMessage>;
/** How a session stands when it is asked for: `status` is of its last run, done, failed, killed, timeout or running. */
export const SessionStanding = z.object({
  status: z.string().optional(),
  hasActiveRun: z.boolean().default(false),
  lastRunId: z.string().optional(),
  lastRunError: z.string().optional(),
  endedAt: z.number().nullish(),
  updatedAt: z.number().nullish(),
});
export type SessionStanding = z.infer<typeof SessionStanding>;
/** A page of a conversation, counted from its newest message back, its messages in order. */
export const ChatHistory = z.object({
  sessionKey: z.string(),
  sessionId: z.string().optional(),
  messages: z.array(HistoryMessage),
  hasMore: z.boolean().default(false),
  nextOffset: z.number().nullish(),
  sessionInfo: SessionStanding.optional(),
});
export type ChatHistory = z.infer<typeof ChatHistory>;

/** Payload of the events that say that something happened in a session: `session.message`, `sessions.changed`. */
export const SessionTouched = z.object({ sessionKey: z.string() });

/** A line of OpenClaw's own record of what came in and went out; of conversations and people it keeps hashes. */
export const AuditEvent = z.object({
  sequence: z.number(),
  eventId: z.string(),
  occurredAt: z.number(),
  action: z.string(),
  channel: z.string().optional(),
  conversationRef: z.string().optional(),
  runId: z.string().optional(),
  durationMs: z.number().optional(),
  outcome: z.string().optional(),
  reasonCode: z.string().optional(),
});
export type AuditEvent = z.infer<typeof AuditEvent>;
/** A page of `audit.activity.list`, the newest first. */
export const AuditPage = z.object({ events: z.array(AuditEvent), nextCursor: z.string().nullish() });

export const FileSet = z.object({
  ok: z.boolean().optional(),
  file: z.object({ name: z.string(), hash: z.string().optional() }).optional(),
});
