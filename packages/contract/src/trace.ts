import { z } from 'zod';
import { Id, PageInput, Timestamp } from './page.ts';

export const SpanOutcome = z.enum(['ok', 'failed', 'refused', 'aborted', 'interrupted']);
export type SpanOutcome = z.infer<typeof SpanOutcome>;

/** The kinds that are told apart in a trace. */
export const SpanKind = z.enum(['message-in', 'turn', 'model-call', 'tool-call', 'delegation', 'message-out']);
export type SpanKind = z.infer<typeof SpanKind>;

/** Who is on the other side: a pseudonym, unless the workspace keeps names. */
export const Person = z.object({ id: z.string(), name: z.string().optional() });
/** What was said, where it is captured and the reader may see it. */
export const SpanText = z.object({ in: z.string().optional(), out: z.string().optional() });
export type SpanText = z.infer<typeof SpanText>;

const tokens = {
  inputTokens: z.int(),
  outputTokens: z.int(),
  cacheReadTokens: z.int(),
  cacheWriteTokens: z.int(),
  /** In US dollars, of what had a price. */
  costUsd: z.number(),
  /** Calls that took tokens at no known price: they are missing in `costUsd`. */
  unpriced: z.int(),
};

/** What a turn is among others. */
export const Turn = z.object({
  id: z.string(),
  /** Its own id, where it belongs to no other. */
  traceId: z.string(),
  botId: Id,
  /** Absent where the bot is gone. */
  botName: z.string().optional(),
  at: Timestamp,
  durationMs: z.int(),
  outcome: SpanOutcome,
  failure: z.string().optional(),
  session: z.string().optional(),
  channel: z.string(),
  person: Person.optional(),
  tools: z.array(z.string()),
  toolCalls: z.int(),
  modelCalls: z.int(),
  ...tokens,
  /** The beginning of what was asked and answered. */
  text: SpanText.optional(),
});
export type Turn = z.infer<typeof Turn>;

/** One piece of a trace. */
export const Span = z.object({
  id: z.string(),
  botId: Id,
  botName: z.string().optional(),
  kind: SpanKind,
  parentId: z.string().optional(),
  at: Timestamp,
  durationMs: z.int(),
  outcome: SpanOutcome,
  failure: z.string().optional(),
  channel: z.string(),
  person: Person.optional(),
  /** The model or the tool. */
  name: z.string(),
  ...tokens,
  costUsd: z.number().optional(),
  /** The tokens were counted here, since the provider did not say. */
  estimated: z.boolean(),
  priceVersion: z.string().optional(),
  provider: z.string().optional(),
  ttfbMs: z.number().optional(),
  tries: z.int().optional(),
  characters: z.object({ in: z.int().optional(), out: z.int().optional() }).optional(),
  text: SpanText.optional(),
  /**
   * Where OpenClaw counted other tokens than the model gateway, or used an answer that never passed the gateway: `openclaw` is
   * its count. Absent where they agree.
   */
  difference: z
    .object({ openclaw: z.object({ inputTokens: z.int(), outputTokens: z.int() }), why: z.string() })
    .optional(),
});
export type Span = z.infer<typeof Span>;

export const Trace = z.object({
  traceId: z.string(),
  spans: z.array(Span),
  /** Spans beyond those given, when a trace has very many. */
  more: z.int(),
  startedAt: Timestamp,
  endedAt: Timestamp,
  ...tokens,
});
export type Trace = z.infer<typeof Trace>;

/** From when to when, at most 400 days; absent: the last 24 hours. */
const during = { from: Timestamp.optional(), to: Timestamp.optional() };

export const ListTurns = PageInput.extend({
  ...during,
  botId: Id.optional(),
  channel: z.string().max(50).optional(),
  session: z.string().max(500).optional(),
  tool: z.string().max(200).optional(),
  outcome: SpanOutcome.or(z.literal('not-ok')).optional(),
  /** Words of what was said, where it is captured; all of them. Needs `conversation:read`. */
  search: z.string().trim().max(200).optional(),
});
export type ListTurns = z.infer<typeof ListTurns>;

/** A list without an end in sight: how many there are in all is not counted. */
export const feedOf = <Item extends z.ZodType>(item: Item) =>
  z.object({ items: z.array(item), nextCursor: z.string().optional() });

export const Conversation = z.object({
  botId: Id,
  botName: z.string().optional(),
  session: z.string(),
  channel: z.string(),
  person: Person.optional(),
  firstAt: Timestamp,
  lastAt: Timestamp,
  turns: z.int(),
  failed: z.int(),
});
export type Conversation = z.infer<typeof Conversation>;

/** A turn of a conversation with what happened in it, in order. */
export const ConversationTurn = Turn.extend({ spans: z.array(Span) });
export type ConversationTurn = z.infer<typeof ConversationTurn>;

export const Grouped = z.object({
  ...during,
  botId: Id.optional(),
  channel: z.string().max(50).optional(),
});

/** What came in and went out, of one bot on one channel. */
export const MessageUse = z.object({
  botId: Id,
  botName: z.string().optional(),
  channel: z.string(),
  received: z.int(),
  sent: z.int(),
  turns: z.int(),
  failed: z.int(),
  /** Came in, and no turn that ended well answered it. */
  unanswered: z.int(),
  /** From the message to the whole answer, right to within a fifth; of all of the days the range touches. */
  p50Ms: z.number().optional(),
  p95Ms: z.number().optional(),
});
export type MessageUse = z.infer<typeof MessageUse>;

/** How one bot used one tool. */
export const ToolUse = z.object({
  botId: Id,
  botName: z.string().optional(),
  tool: z.string(),
  uses: z.int(),
  failed: z.int(),
  p50Ms: z.number().optional(),
  p95Ms: z.number().optional(),
});
export type ToolUse = z.infer<typeof ToolUse>;

const Point = z.object({ at: Timestamp, count: z.int(), failed: z.int() });
/** What is really counted: whole hours up to three days, else from the beginning of a day of UTC. */
export const counted = { from: Timestamp, to: Timestamp };
/** The 50 rows most in use, how many there are beyond, and all of them together over time: by hour up to three days, else by day. */
export const overviewOf = <Row extends z.ZodType>(row: Row) =>
  z.object({ ...counted, items: z.array(row), more: z.int(), series: z.array(Point) });

/** Turns that went in circles: the same call again and again, or very many calls with no end. */
export const Loop = z.object({
  turnId: z.string(),
  traceId: z.string(),
  botId: Id,
  botName: z.string().optional(),
  at: Timestamp,
  channel: z.string(),
  /** In a sentence: which tool how often, or how many tokens in how short a time. */
  why: z.string(),
  toolCalls: z.int(),
  modelCalls: z.int(),
  costUsd: z.number(),
});
export type Loop = z.infer<typeof Loop>;

/** What the model gateway counted against what OpenClaw says it used, of one bot. */
export const CrossCheck = z.object({
  botId: Id,
  botName: z.string().optional(),
  gateway: z.object({ calls: z.int(), inputTokens: z.int(), outputTokens: z.int() }),
  openclaw: z.object({ calls: z.int(), inputTokens: z.int(), outputTokens: z.int() }),
  /** Answered calls whose answer OpenClaw never said it used, such as the check of a bot's model: not among `gateway`. */
  unused: z.int(),
  /** Answers OpenClaw used that never passed the model gateway. */
  unseen: z.int(),
  /** Items the bot's host had to let go for want of room. */
  dropped: z.int(),
});
export type CrossCheck = z.infer<typeof CrossCheck>;
