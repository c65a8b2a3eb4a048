import { z } from 'zod';
import { line } from './line.ts';
import { Id, PageInput, pageOf, Timestamp } from './page.ts';
import { route } from './route.ts';
import { Capability, Rights } from './team.ts';

/** With `*` for any characters, in whatever case; matched in linear time. */
const Glob = z.string().trim().min(1).max(100);
/** A bot by a pattern of its name, or `@lead`, `@member`, `@person` (who is asked for by a person here). */
const Who = Glob;
const clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'Write a time such as 09:30');

/** All that is said must fit; of a list, one. What is empty fits everything. */
export const RuleCondition = z
  .strictObject({
    from: z.array(Who).min(1).max(20),
    to: z.array(Who).min(1).max(20),
    capability: z.array(Glob).min(1).max(20),
    taskType: z.array(Glob).min(1).max(20),
    /** `contains`: one of these phrases, in whatever case. `matches`: an expression of RE2, which takes linear time. */
    text: z.strictObject({
      contains: z.array(z.string().min(1).max(200)).max(50).optional(),
      matches: z.string().max(500).optional(),
    }),
    /** Where what it comes of began: `telegram`, `clawster` for the chat here, `goal`. */
    channel: z.array(Glob).min(1).max(20),
    /** Whether something that people outside wrote is in it. */
    untrusted: z.boolean(),
    /** From `from` until `to`, over midnight where that is earlier; days from 1 for Monday. */
    time: z.strictObject({
      days: z.array(z.int().min(1).max(7)).min(1).optional(),
      from: clock.optional(),
      to: clock.optional(),
      timezone: z.string().max(60).default('UTC'),
    }),
    /** All that comes of the same origin has cost more. */
    costAboveUsd: z.number().min(0),
    /** It was passed on more often. */
    hopsAbove: z.int().min(0),
  })
  .partial();
export type RuleCondition = z.infer<typeof RuleCondition>;

/** What of it the bot that is asked gets to see, and what comes back. */
export const RuleShare = z.strictObject({
  /** `summary`: what whoever asks wrote of it. `entries`: those of the team's context with these keys, too. `thread`: and the conversation it comes of. */
  down: z.enum(['none', 'summary', 'entries', 'thread']).default('summary'),
  entries: z.array(Glob).max(50).default([]),
  /** `outcome`: only that it is done or failed. `result`: what came of it. */
  up: z.enum(['outcome', 'result']).default('result'),
});
export type RuleShare = z.infer<typeof RuleShare>;

const allowing = {
  /** Somebody else does it: a bot by its name, or whoever has the capability. */
  rewriteTo: z
    .union([z.strictObject({ bot: z.string().max(40) }), z.strictObject({ capability: Capability })])
    .optional(),
  /** It is done with no more than this. */
  rights: Rights.optional(),
  limit: z
    .strictObject({
      perHour: z.int().min(1).max(10_000),
      open: z.int().min(1).max(1_000),
      /** What it may cost, with all that it is passed on to. */
      usd: z.number().positive().max(100_000),
      minutes: z.int().min(1).max(10_080),
    })
    .partial()
    .optional(),
  /** How often it is tried in all, where it fails by no fault of what is asked. */
  attempts: z.int().min(1).max(5).default(2),
  share: RuleShare.prefault({}),
};
export const RuleAction = z.discriminatedUnion('do', [
  z.strictObject({ do: z.literal('allow'), ...allowing }),
  z.strictObject({
    do: z.literal('hold'),
    /** Why a person looks at it first. */
    reason: z.string().trim().max(300).default(''),
    /** Nobody decided by then: it has expired. */
    minutes: z.int().min(1).max(10_080).default(1_440),
    ...allowing,
  }),
  z.strictObject({
    do: z.literal('refuse'),
    reason: z.string().trim().min(1, 'Say why, for the bot that asks').max(300),
  }),
]);
export type RuleAction = z.infer<typeof RuleAction>;

export const TeamRule = z.strictObject({
  /** Stays the same while the rule is changed or moved. */
  id: z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/, 'A rule’s id is lower-case letters, digits and hyphens'),
  name: line(120, 'Name the rule'),
  enabled: z.boolean().default(true),
  when: RuleCondition.default({}),
  action: RuleAction,
});
export type TeamRule = z.infer<typeof TeamRule>;
export const TeamRules = z
  .array(TeamRule)
  .max(200)
  .refine((rules) => new Set(rules.map(({ id }) => id)).size === rules.length, 'Two rules have the same id');
export type TeamRules = z.infer<typeof TeamRules>;

/** The rules of a team as they were at a version: the first that fits decides, and where none fits it is refused. */
export const RuleSet = z.object({
  teamId: Id,
  version: z.int(),
  rules: TeamRules,
  note: z.string(),
  author: z.string(),
  at: Timestamp,
});
export type RuleSet = z.infer<typeof RuleSet>;

/** What is asked of whom, as the rules look at it. */
export const RuleQuestion = z.object({
  /** Absent: a person here asks. */
  fromBotId: Id.optional(),
  /** A bot, or whoever has the capability. */
  toBotId: Id.optional(),
  capability: Capability.optional(),
  taskType: z.string().max(60).optional(),
  text: z.string().max(20_000).default(''),
  /** Where it began; absent: with a person here. */
  channel: z.string().max(50).optional(),
  untrusted: z.boolean().default(false),
  costUsd: z.number().min(0).default(0),
  hops: z.int().min(0).default(0),
  /** When; absent: now. */
  at: Timestamp.optional(),
});
export type RuleQuestion = z.infer<typeof RuleQuestion>;

export const RuleVerdict = z.object({
  decision: z.enum(['allow', 'hold', 'refuse']),
  /** The rule that decided; absent where none fitted, or a limit of the team said no. */
  ruleId: z.string().optional(),
  ruleName: z.string().optional(),
  /** In a sentence. */
  why: z.string(),
  /** Who would do it. */
  toBotId: Id.optional(),
  toBotName: z.string().optional(),
  /** With what it would be done at most. */
  rights: Rights.optional(),
  /** Each rule before it, and what in it did not fit. */
  passed: z.array(z.object({ ruleId: z.string(), ruleName: z.string(), why: z.string() })),
});
export type RuleVerdict = z.infer<typeof RuleVerdict>;

/** What other rules would have made of what was really asked. */
export const RuleReplay = z.object({
  from: Timestamp,
  to: Timestamp,
  /** Delegations that were looked at, the newest first, and those beyond that were not. */
  looked: z.int(),
  more: z.int(),
  same: z.int(),
  changed: z.array(
    z.object({
      delegationId: Id,
      at: Timestamp,
      text: z.string(),
      fromName: z.string(),
      toName: z.string(),
      was: RuleVerdict.shape.decision,
      wouldBe: RuleVerdict.shape.decision,
      why: z.string(),
    }),
  ),
});
export type RuleReplay = z.infer<typeof RuleReplay>;

const One = z.object({ teamId: Id });
export const teamRules = {
  get: route({
    method: 'GET',
    path: '/teams/{teamId}/rules',
    permission: 'team:read',
    summary: 'The rules of a team, as they are or were at a version',
    input: One.extend({ version: z.coerce.number().int().min(0).optional() }),
    output: RuleSet,
  }),
  versions: route({
    method: 'GET',
    path: '/teams/{teamId}/rules/versions',
    permission: 'team:read',
    summary: 'Who changed the rules when, the newest first',
    input: One.extend(PageInput.shape),
    output: pageOf(RuleSet.omit({ rules: true }).extend({ count: z.int() })),
  }),
  set: route({
    method: 'PUT',
    path: '/teams/{teamId}/rules',
    permission: 'team:manage',
    summary: 'Replace the rules of a team; what is under way stays as it was decided',
    input: One.extend({ baseVersion: z.int(), rules: TeamRules, note: z.string().trim().max(300).default('') }),
    output: RuleSet,
  }),
  test: route({
    method: 'POST',
    path: '/teams/{teamId}/rules/test',
    permission: 'team:read',
    summary: 'What would happen if: who asks whom for what, by the rules there are or by others',
    input: One.extend({ question: RuleQuestion, rules: TeamRules.optional() }),
    output: RuleVerdict,
  }),
  replay: route({
    method: 'POST',
    path: '/teams/{teamId}/rules/replay',
    permission: 'team:read',
    summary: 'What other rules would have made of the last week',
    input: One.extend({ rules: TeamRules, days: z.int().min(1).max(30).default(7) }),
    output: RuleReplay,
  }),
};
