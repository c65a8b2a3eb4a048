import { z } from 'zod';
import { Selector } from './label.ts';
import { Id, Timestamp } from './page.ts';

/** What costs are told by. `team` is the team a bot is in now. `label` asks for a label's name in `label`: bots with the same value of it are one group. */
export const CostGroup = z.enum(['bot', 'channel', 'model', 'connector', 'target', 'day', 'team', 'label']);
export type CostGroup = z.infer<typeof CostGroup>;

/** Calls of models and what they took. Amounts are in US dollars. */
const Amounts = z.object({
  calls: z.int(),
  failed: z.int(),
  inputTokens: z.int(),
  outputTokens: z.int(),
  cacheReadTokens: z.int(),
  cacheWriteTokens: z.int(),
  /** Calls that took tokens at no known price: they are missing in `modelUsd`. */
  unpriced: z.int(),
  modelUsd: z.number(),
  infrastructureUsd: z.number(),
  totalUsd: z.number(),
});
export type CostAmounts = z.infer<typeof Amounts>;

/**
 * What a row stands for: a `group` by its key; `none`, what has no such key, as calls of no known channel have and
 * bots in no team; `infrastructure`, which no model, connector or channel has a part in; `idle`, infrastructure no bot was on; `rest`, the
 * groups beyond those that are listed.
 */
export const CostRowKind = z.enum(['group', 'none', 'infrastructure', 'idle', 'rest']);
export type CostRowKind = z.infer<typeof CostRowKind>;

export const CostRow = Amounts.extend({
  kind: CostRowKind,
  /** A bot's, connector's, target's or team's id, a day, a model, a channel or a label's value; of the rest how many groups it holds. */
  key: z.string(),
  /** Of a bot, connector, target or team; absent where it is gone, or is not shown to the caller. */
  name: z.string().optional(),
  /** Of the whole, from 0 to 1. */
  share: z.number(),
  /** The same for the days before. */
  before: z.object({ totalUsd: z.number(), calls: z.int() }),
});
export type CostRow = z.infer<typeof CostRow>;

export const Days = z.object({ from: z.iso.date(), to: z.iso.date() });
export type Days = z.infer<typeof Days>;

/** Whose costs: all that are named must fit. */
const filter = {
  botId: Id.optional(),
  channel: z.string().max(50).optional(),
  model: z.string().max(200).optional(),
  connectorId: Id.optional(),
  targetId: Id.optional(),
  /** Bots that are in this team now. */
  teamId: Id.optional(),
  /** Bots with all of these labels. */
  labels: Selector.optional(),
};
/** Whole days of UTC, both included; absent: this month so far. */
export const during = { from: z.iso.date().optional(), to: z.iso.date().optional() };

export const CostFilter = z.object(filter);
export type CostFilter = z.infer<typeof CostFilter>;

/** The prices a sum was counted at. */
export const PriceUse = z.object({
  connectorId: z.string(),
  connectorName: z.string().optional(),
  model: z.string(),
  /** As the price table names it; empty where there was no price. */
  priceVersion: z.string(),
  calls: z.int(),
  usd: z.number(),
  firstDay: z.iso.date(),
  lastDay: z.iso.date(),
});
export type PriceUse = z.infer<typeof PriceUse>;

export const Costs = z.object({
  ...Days.shape,
  /** As many days right before. */
  before: Days,
  rows: z.array(CostRow),
  total: Amounts.extend({ beforeUsd: z.number() }),
  /** The dearest groups, and all others together, day by day. */
  series: z.array(
    z.object({
      kind: CostRowKind,
      key: z.string(),
      name: z.string().optional(),
      days: z.array(z.object({ day: z.iso.date(), usd: z.number() })),
    }),
  ),
  prices: z.array(PriceUse),
});
export type Costs = z.infer<typeof Costs>;

/** A conversation and what it cost in the days asked for. */
export const ConversationCost = z.object({
  botId: Id,
  botName: z.string().optional(),
  session: z.string(),
  channel: z.string(),
  person: z.object({ id: z.string(), name: z.string().optional() }).optional(),
  lastAt: Timestamp.optional(),
  calls: z.int(),
  tokens: z.int(),
  unpriced: z.int(),
  usd: z.number(),
});
export type ConversationCost = z.infer<typeof ConversationCost>;

export const Forecast = z.object({
  month: z.string(),
  spentUsd: z.number(),
  /** Where the month is thought to end; absent while it cannot be told. Four of five such months end in the range. */
  expected: z.object({ usd: z.number(), lowUsd: z.number(), highUsd: z.number() }).optional(),
  /** What it is based on, in a sentence. */
  basis: z.string(),
});
export type Forecast = z.infer<typeof Forecast>;

const Side = z.object({
  /** Turns it was told from. */
  count: z.int(),
  /** Absent where there were none. */
  value: z.number().optional(),
});
/** One measure before and after a change, and what can be said of the two. */
export const Measure = z.object({
  name: z.enum(['cost', 'tokens', 'failures', 'duration']),
  before: Side,
  after: Side,
  verdict: z.enum(['too-few', 'no-difference', 'less', 'more']),
  /** The verdict in a sentence. */
  text: z.string(),
});
export type Measure = z.infer<typeof Measure>;

export const CompareCosts = z
  .object({
    botId: Id,
    /** The bot's revision that the change came with. */
    revision: z.coerce.number().int().min(1).optional(),
    /** Or any moment. */
    at: Timestamp.optional(),
    /** So far is looked back and ahead. */
    days: z.coerce.number().int().min(1).max(14).default(7),
  })
  .refine(({ revision, at }) => (revision === undefined) !== (at === undefined), 'Name a revision or a moment');
export type CompareCosts = z.infer<typeof CompareCosts>;

export const Comparison = z.object({
  at: Timestamp,
  from: Timestamp,
  to: Timestamp,
  /** Revisions in these days beside the one that is looked at: what differs may be theirs. */
  otherRevisions: z.array(z.int()),
  measures: z.array(Measure),
});
export type Comparison = z.infer<typeof Comparison>;

/** A bot whose cost or tokens rose far above what is usual for it. */
export const CostSpike = z.object({
  botId: Id,
  botName: z.string().optional(),
  at: Timestamp,
  /** The hour that was looked at. */
  hour: Timestamp,
  usd: z.number(),
  usualUsd: z.number(),
  tokens: z.int(),
  usualTokens: z.int(),
  /** In a sentence, with the figures. */
  why: z.string(),
});
export type CostSpike = z.infer<typeof CostSpike>;

const UsdPerHour = z.number().min(0, 'A price is not below zero').max(10_000);
export const TargetPrice = z.object({ from: Timestamp, usdPerHour: UsdPerHour });
export type TargetPrice = z.infer<typeof TargetPrice>;

/** What a target costs, and what of it was booked. */
export const TargetCost = z.object({
  targetId: Id,
  name: z.string(),
  /** The newest first; empty where nobody said one. */
  prices: z.array(TargetPrice),
  /** Days with an imported amount, which stands in for the price; how many, and the last. */
  importedDays: z.int(),
  lastImportedDay: z.iso.date().optional(),
  /** Of this month so far. */
  monthUsd: z.number(),
  /** Of this month so far, what no bot was there for. */
  idleUsd: z.number(),
});
export type TargetCost = z.infer<typeof TargetCost>;

export const SetTargetPrice = z.object({
  targetId: Id,
  usdPerHour: UsdPerHour,
  /** From the hour this is in; absent: from this hour on. */
  from: Timestamp.optional(),
});
export type SetTargetPrice = z.infer<typeof SetTargetPrice>;

export const ImportTargetCosts = z.object({
  /** Lines of `day,target,usd`, with or without that line as a head. */
  csv: z.string().min(1, 'There is nothing in the file').max(2_000_000),
});
export type ImportTargetCosts = z.infer<typeof ImportTargetCosts>;
