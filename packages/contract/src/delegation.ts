import { z } from 'zod';
import { line } from './line.ts';
import { Id, PageInput, pageOf, Timestamp } from './page.ts';
import { route } from './route.ts';
import { Capability, OriginKind, Rights } from './team.ts';

/**
 * `requested` is decided at once: `held` for a person, `approved`, or `refused`. `delivered`: the bot's host has taken it;
 * `working`: its bot has begun. The last five are the end.
 */
export const delegationStates = [
  'requested',
  'held',
  'approved',
  'delivered',
  'working',
  'refused',
  'done',
  'failed',
  'cancelled',
  'expired',
] as const;
export const DelegationState = z.enum(delegationStates);
export type DelegationState = z.infer<typeof DelegationState>;
export const overStates = ['refused', 'done', 'failed', 'cancelled', 'expired'] as const satisfies DelegationState[];

/** A file, or a long text, that belongs to a result. */
export const Artefact = z.object({
  name: line(200),
  mediaType: z.string().max(100).default('text/markdown'),
  text: z.string().max(100_000),
});
export type Artefact = z.infer<typeof Artefact>;

/** What one bot was asked to do for another, or for a person. */
export const Delegation = z.object({
  id: Id,
  teamId: Id,
  /** The task of a goal's roadmap that it is an attempt at. */
  taskId: Id.optional(),
  goalId: Id.optional(),
  /** The delegation it was passed on in, and the one all of it began with. */
  parentId: Id.optional(),
  rootId: Id,
  state: DelegationState,
  /** Why it is so, in a sentence. */
  reason: z.string(),
  /** Absent: a person or a plan asks. */
  fromBotId: Id.optional(),
  fromName: z.string(),
  toBotId: Id.optional(),
  toName: z.string().optional(),
  capability: z.string().optional(),
  taskType: z.string().optional(),
  title: z.string(),
  hops: z.int(),
  origin: z.object({ kind: OriginKind, channel: z.string().optional(), personName: z.string().optional() }),
  untrusted: z.boolean(),
  ruleId: z.string().optional(),
  rulesVersion: z.int().optional(),
  /** The inbox item a person decides it by. */
  inboxItemId: Id.optional(),
  attempt: z.int(),
  /** The last thing the bot said of how far it is. */
  progress: z.object({ text: z.string(), percent: z.int().optional(), at: Timestamp }).optional(),
  deadlineAt: Timestamp,
  requestedAt: Timestamp,
  startedAt: Timestamp.optional(),
  endedAt: Timestamp.optional(),
  /** All that is in one trace with it. */
  traceId: z.string(),
  inputTokens: z.int(),
  outputTokens: z.int(),
  costUsd: z.number(),
});
export type Delegation = z.infer<typeof Delegation>;

export const DelegationDetail = Delegation.extend({
  /** What is asked, as the bot is told it. Needs `conversation:read`, like all that was written. */
  text: z.string().optional(),
  result: z.string().optional(),
  artefacts: z.array(Artefact),
  rights: Rights,
  /** What of the team's context it was given, by key and version. */
  shared: z.array(z.object({ key: z.string(), version: z.int() })),
  steps: z.array(z.object({ at: Timestamp, state: DelegationState, by: z.string(), why: z.string() })),
  children: z.array(Delegation),
});
export type DelegationDetail = z.infer<typeof DelegationDetail>;

export const DelegationTitle = line(200, 'Give it a title');
export const DelegationText = z.string().trim().min(1, 'Say what is to be done').max(20_000);
export const CreateDelegation = z
  .object({
    teamId: Id,
    toBotId: Id.optional(),
    capability: Capability.optional(),
    title: DelegationTitle,
    text: DelegationText,
    taskType: z.string().max(60).optional(),
    minutes: z.int().min(1).max(10_080).optional(),
  })
  .refine(({ toBotId, capability }) => (toBotId === undefined) !== (capability === undefined), {
    path: ['toBotId'],
    message: 'Name a bot, or a capability: one of the two',
  });
export type CreateDelegation = z.infer<typeof CreateDelegation>;

const One = z.object({ delegationId: Id });
export const delegations = {
  list: route({
    method: 'GET',
    path: '/delegations',
    permission: 'team:read',
    summary: 'What bots were asked to do, the newest first',
    input: PageInput.extend({
      teamId: Id.optional(),
      /** Asked by it, or of it. */
      botId: Id.optional(),
      goalId: Id.optional(),
      rootId: Id.optional(),
      /** `open`: not over. */
      state: DelegationState.or(z.literal('open')).optional(),
    }),
    output: pageOf(Delegation),
  }),
  get: route({
    method: 'GET',
    path: '/delegations/{delegationId}',
    permission: 'team:read',
    summary: 'A delegation with each of its steps, its result and what it was passed on as',
    input: One,
    output: DelegationDetail,
  }),
  create: route({
    method: 'POST',
    path: '/delegations',
    permission: 'team:direct',
    summary: 'Ask a bot of a team for something, in one’s own name; the team’s rules decide as for a bot',
    input: CreateDelegation,
    output: DelegationDetail,
  }),
  cancel: route({
    method: 'POST',
    path: '/delegations/{delegationId}/cancel',
    permission: 'team:direct',
    summary: 'Stop it and all that it was passed on as; a turn that runs is ended',
    input: One.extend({ reason: z.string().trim().max(300).default('') }),
    output: DelegationDetail,
  }),
  retry: route({
    method: 'POST',
    path: '/delegations/{delegationId}/retry',
    permission: 'team:direct',
    summary: 'Try once more what failed or expired, by the rules of today',
    input: One,
    output: DelegationDetail,
  }),
};
