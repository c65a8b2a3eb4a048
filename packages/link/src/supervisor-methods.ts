import { z } from 'zod';
import { channelMethods, ChannelKind, Credential, TelegramUpstream } from './channel.ts';
import { ModelUpstream } from './model-plan.ts';
import { scanMethods } from './scan/scan.ts';
import { Capture } from './span.ts';
import { TeamMembership, teamSupervisorMethods } from './team.ts';

/** What the control plane asks of a supervisor. Method names are the keys; `part` is what streams before the answer. */

/** A skill as it goes to a bot's host: its files by their paths, and the digest they must have. */
export const SkillDelivery = z.object({
  name: z.string(),
  digest: z.string(),
  files: z.record(z.string(), z.string()),
});
export type SkillDelivery = z.infer<typeof SkillDelivery>;

/**
 * All a bot should be, whole, at one generation: the supervisor makes it so and keeps it so.
 * `document` is the OpenClaw configuration with placeholders `${clawster:port}`, `${clawster:modelUrl}`, `${clawster:telegramUrl}`,
 * `${clawster:teamUrl}`, `${clawster:bridge}`, `${clawster:workspace}`, `${clawster:logFile}`, `${clawster:resolver}` that only the host can fill in;
 * `secrets` stay in memory and reach OpenClaw through the exec resolver under these ids.
 */
export const Configure = z.object({
  generation: z.int(),
  desired: z.enum(['running', 'paused', 'stopped']),
  /** Counts requested restarts: a number higher than the last one seen restarts the gateway once. */
  restartCount: z.int(),
  botName: z.string(),
  document: z.record(z.string(), z.unknown()),
  /** Workspace files by name: AGENTS.md, SOUL.md, IDENTITY.md. */
  files: z.record(z.string(), z.string()),
  /** Absent from a control plane of before: none. */
  skills: z.array(SkillDelivery).default([]),
  secrets: z.record(z.string(), z.string()),
  model: ModelUpstream,
  modelCheck: z.boolean(),
  memoryBytesMax: z.number(),
  /** Absent from a control plane of before: the usual. */
  diskBytesMax: z.number().default(5_000_000_000),
  /** After so many minutes without a link the bot stops itself; absent from a control plane of before. */
  disconnect: z.union([z.literal('keep'), z.number()]).default('keep'),
  /** What becomes of changes that somebody else makes on the host: put back, or told and left until another generation comes. */
  drift: z.enum(['revert', 'report']).default('revert'),
  runtimeVersion: z.string(),
  /** Whose plugins the document needs; absent from a control plane of before: none. */
  channels: z.array(ChannelKind).default([]),
  /** Behind `${clawster:telegramUrl}`, where the gateway has a token of its own; absent: it has no Telegram. */
  telegram: TelegramUpstream.optional(),
  /** What is to be proven once it is in force; absent from a control plane of before: nothing. */
  credentials: z.array(Credential).default([]),
  /** How much of conversations leaves the host; absent from a control plane of before: `captureUsual`. */
  capture: Capture.optional(),
  /** What it is in its team; absent: it is in none. */
  team: TeamMembership.optional(),
});
export type Configure = z.infer<typeof Configure>;

const turn = { conversation: z.string(), turnId: z.string() };

export const supervisorMethods = {
  /** Answers once the configuration is taken over (not once the gateway is up: reports tell that). */
  configure: { params: Configure, result: z.object({ generation: z.int() }) },
  /** Parts are TurnEvents of the contract; answers when the turn ended. */
  'turn.start': {
    params: z.object({ ...turn, message: z.string() }),
    part: z.unknown(),
    result: z.object({ outcome: z.enum(['done', 'aborted', 'failed']) }),
  },
  'turn.abort': { params: z.object(turn), result: z.object({ aborted: z.boolean() }) },
  'turn.history': {
    params: z.object({ conversation: z.string(), limit: z.int() }),
    result: z.object({ items: z.array(z.unknown()) }),
  },
  /** Parts are LogLines of the contract; with `follow` it ends only when cancelled. */
  'logs.read': { params: z.object({ lines: z.int(), follow: z.boolean() }), part: z.unknown(), result: z.object({}) },
  'doctor.run': { params: z.object({}), result: z.unknown() },
  /** Stops the gateway for the safe repairs and starts it again; the answer is the contract's RepairReport. */
  'repair.run': { params: z.object({}), result: z.unknown() },
  'health.read': { params: z.object({}), result: z.unknown() },
  'status.read': { params: z.object({}), result: z.unknown() },
  ...channelMethods,
  ...scanMethods,
  ...teamSupervisorMethods,
  /** Withdraws a request that is under way; the other request is answered with error code `cancelled`. */
  cancel: { params: z.object({ request: z.string() }), result: z.object({}) },
  /**
   * The emergency stop: no model call, no turn and, with `stop`, no gateway any more, before it answers. Holds until
   * something newer is wanted than `generation`; absent: than what the supervisor knows of. With `stop` it gives back what
   * it was allowed of budgets and did not spend, too.
   */
  halt: {
    params: z.object({ mode: z.enum(['pause', 'stop']), generation: z.int().min(1).optional() }),
    result: z.object({}),
  },
  /** Stops the gateway and the supervisor itself, after answering. */
  shutdown: { params: z.object({}), result: z.object({}) },
} as const;
export type SupervisorMethod = keyof typeof supervisorMethods;
export type SupervisorParams<M extends SupervisorMethod> = z.input<(typeof supervisorMethods)[M]['params']>;
export type SupervisorResult<M extends SupervisorMethod> = z.output<(typeof supervisorMethods)[M]['result']>;

/** Codes of `error` in a response to a supervisor method. */
export const supervisorErrorCodes = [
  'gateway-down',
  'refused',
  'cancelled',
  'timeout',
  'trouble',
  'unknown-method',
  'invalid',
] as const;

/**
 * Ids of the secrets every bot has. The control plane sends `gatewayToken` in `secrets`; `modelKey` is the virtual key
 * of the model gateway, made by the supervisor anew for each start and never sent: the document only refers to it.
 */
export const secretIds = {
  gatewayToken: 'gateway-token',
  modelKey: 'model-key',
  telegramToken: 'telegram-bot-token',
} as const;
/** Name of the exec provider that the document's SecretRefs use; its `command` is `${clawster:resolver}`. */
export const secretProvider = 'clawster';
