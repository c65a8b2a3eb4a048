import { z } from 'zod';

/** How a span ended: `interrupted` when the gateway went away in the middle of it, `refused` when a rule or limit said no. */
export const SpanOutcome = z.enum(['ok', 'failed', 'refused', 'aborted', 'interrupted']);
export type SpanOutcome = z.infer<typeof SpanOutcome>;

const timestamp = z.iso.datetime({ offset: true });

/** Who is on the other side. `id` is a pseudonym unless the workspace's policy lets names travel. */
export const SpanPerson = z.object({ id: z.string().max(200), name: z.string().max(200).optional() });
export type SpanPerson = z.infer<typeof SpanPerson>;

/** What was said, where the capture policy lets it travel; already masked where it is `redacted`. */
export const SpanText = z.object({ in: z.string().optional(), out: z.string().optional() });
export type SpanText = z.infer<typeof SpanText>;

/** More than any model takes at once, and less than what sums of many overflow by. */
export const tokensMax = 1e10;
/** Some hundred days. */
export const durationMsMax = 1e10;
const tokens = z.number().min(0).max(tokensMax);

const span = {
  /** The source's own name of it, the same whenever it is told: by it a span is stored once. */
  id: z.string().min(1).max(300),
  startedAt: timestamp,
  durationMs: z.number().min(0).max(durationMsMax).default(0),
  outcome: SpanOutcome.default('ok'),
  /** A sentence for people. */
  failure: z.string().max(2_000).optional(),
  /** What belongs together: usually OpenClaw's run, which is the turn's id where the turn was begun here. */
  traceId: z.string().max(200).optional(),
  /** The span it happened in. */
  parentId: z.string().max(300).optional(),
  /** OpenClaw's key of the conversation, such as `agent:main:telegram:direct:42`. */
  session: z.string().max(500).optional(),
  /** `telegram` and so on, or `clawster` for those who talk to the bot here. */
  channel: z.string().max(50).optional(),
  person: SpanPerson.optional(),
  text: SpanText.optional(),
};

/**
 * What a supervisor tells of a bot's work, by the `kind` of the telemetry item it travels in; `model-call` is the model
 * gateway's own. An item that is not as said here is kept as it came, and counts nowhere.
 */
export const spanData = {
  /** A message and all that was done to answer it, told when it is over. */
  turn: z.object({
    ...span,
    /** The tools it used, each once, in the order of their first use. */
    tools: z.array(z.string()).default([]),
    toolCalls: z.int().default(0),
    /** How often at most the same tool was called in a row with the same arguments. */
    repeats: z.int().default(0),
    /** Answers of the model that OpenClaw used for it. */
    modelCalls: z.int().default(0),
  }),
  /** One answer of a model, as OpenClaw counted and used it: joined to the model gateway's call by `responseId`. */
  'model-message': z.object({
    ...span,
    responseId: z.string().optional(),
    model: z.string().default(''),
    usage: z
      .object({
        input: tokens.default(0),
        output: tokens.default(0),
        cacheRead: tokens.default(0),
        cacheWrite: tokens.default(0),
      })
      .optional(),
  }),
  'tool-call': z.object({
    ...span,
    name: z.string().max(200),
    /** Of its arguments and of its answer. */
    characters: z.object({ in: z.int(), out: z.int() }).optional(),
    /** The same for the same arguments, under the workspace's key; absent where the host was given none. */
    digest: z.string().max(64).optional(),
  }),
  'message-in': z.object({ ...span, characters: z.int().optional() }),
  'message-out': z.object({ ...span, characters: z.int().optional() }),
} as const;
export type SpanKind = keyof typeof spanData;
export type SpanData<K extends SpanKind> = z.input<(typeof spanData)[K]>;

/** How much of conversations leaves the bot's host. */
export const Capture = z.object({
  /**
   * `off`: turns, tools and calls are counted, and nothing tells whose they were. `metadata`: with conversation and person, no
   * text. `redacted`: with text in which keys, addresses and numbers of people are masked. `full`: with text as it was.
   */
  mode: z.enum(['off', 'metadata', 'redacted', 'full']),
  people: z.enum(['pseudonyms', 'names']),
  /** Of the workspace, random: the same person has the same pseudonym at each of its bots, and nowhere else. */
  pseudonymKey: z.string(),
});
export type Capture = z.infer<typeof Capture>;
/** What a supervisor keeps to that was told nothing. */
export const captureUsual: Capture = { mode: 'metadata', people: 'pseudonyms', pseudonymKey: '' };
