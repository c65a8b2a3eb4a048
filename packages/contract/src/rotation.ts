import { z } from 'zod';
import { Id, PageInput, pageOf, Timestamp } from './page.ts';
import { route } from './route.ts';
import { SecretUse, SecretValue } from './secret.ts';

/**
 * Where a bot is: `waiting` for its wave with the former value; `given` the new one, and not proven yet; `proven`: the other
 * side took it from the running bot; `stuck`: it was refused, or no proof came in time; `resting`: it does not run, and gets
 * the new value when it starts; `gone`: it uses the secret no more.
 */
export const RotationBotState = z.enum(['waiting', 'given', 'proven', 'stuck', 'resting', 'gone']);
export type RotationBotState = z.infer<typeof RotationBotState>;

export const RotationBot = z.object({
  botId: Id,
  botName: z.string(),
  wave: z.int(),
  state: RotationBotState,
  /** What its supervisor said, or what it is waited for. */
  text: z.string(),
  at: Timestamp,
});
export type RotationBot = z.infer<typeof RotationBot>;

/**
 * `halted`: a bot is stuck, and someone is to decide. `done`: every bot has the new value. `undone`: every bot was given the
 * former one back.
 */
export const RotationPhase = z.enum(['running', 'halted', 'done', 'undone']);
export type RotationPhase = z.infer<typeof RotationPhase>;

/** A secret on its way to another value, bot by bot, each proven before the next ones follow. */
export const Rotation = z.object({
  id: Id,
  secretId: Id,
  secretName: z.string(),
  fromVersion: z.int(),
  toVersion: z.int(),
  phase: RotationPhase,
  /** A sentence: what it is waited for, what is wrong, or how it ended. */
  reason: z.string(),
  wave: z.int(),
  waves: z.int(),
  bots: z.record(RotationBotState, z.int()),
  /** Bots that are stuck, by name; the first ten. */
  stuck: z.array(z.string()),
  /** Whether the former value is destroyed once every bot has the new one. */
  revokeFormer: z.boolean(),
  /** Whether the service still took the former value when all bots had the new one. */
  former: z.object({ dead: z.boolean(), text: z.string(), at: Timestamp }).optional(),
  author: z.string(),
  startedAt: Timestamp,
  endedAt: Timestamp.optional(),
});
export type Rotation = z.infer<typeof Rotation>;

/** What another value of a secret touches. */
export const SecretImpact = z.object({
  uses: z.array(SecretUse),
  /** Of all of them, also of those not listed. */
  counts: z.object({ bots: z.int(), running: z.int(), hot: z.int(), restart: z.int(), channels: z.int() }),
  bots: z.array(
    z.object({
      botId: Id,
      botName: z.string(),
      running: z.boolean(),
      /** Through what it is given the secret. */
      uses: z.array(SecretUse),
      /** Whether the bot takes another value over as it runs. */
      reload: z.enum(['hot', 'restart']),
      /** What people who talk to it notice. */
      interruption: z.string(),
      wave: z.int(),
    }),
  ),
});
export type SecretImpact = z.infer<typeof SecretImpact>;

const One = z.object({ rotationId: Id });

export const rotations = {
  impact: route({
    method: 'GET',
    path: '/secrets/{secretId}/impact',
    permission: 'secret:read',
    summary: 'The blast radius of another value: which bots and channels, what restarts, in which waves',
    input: z.object({ secretId: Id }),
    output: SecretImpact,
  }),
  start: route({
    method: 'POST',
    path: '/secrets/{secretId}/rotations',
    permission: 'secret:manage',
    summary: 'Give a secret another value: tried where it is used first, then given in waves, each bot proven',
    input: z.object({
      secretId: Id,
      value: SecretValue,
      expiresAt: Timestamp.optional(),
      /** All bots at once, in place of waves. */
      atOnce: z.boolean().default(false),
      revokeFormer: z.boolean().default(true),
    }),
    output: Rotation,
  }),
  list: route({
    method: 'GET',
    path: '/rotations',
    permission: 'secret:read',
    summary: 'Rotations of secrets, the latest first',
    input: PageInput.extend({ secretId: Id.optional(), phase: RotationPhase.optional() }),
    output: pageOf(Rotation),
  }),
  get: route({
    method: 'GET',
    path: '/rotations/{rotationId}',
    permission: 'secret:read',
    summary: 'One rotation',
    input: One,
    output: Rotation,
  }),
  bots: route({
    method: 'GET',
    path: '/rotations/{rotationId}/bots',
    permission: 'secret:read',
    summary: 'The bots of a rotation: those that are stuck first, then by wave and name',
    input: PageInput.extend(One.shape),
    output: pageOf(RotationBot),
  }),
  resume: route({
    method: 'POST',
    path: '/rotations/{rotationId}/resume',
    permission: 'secret:manage',
    summary: 'Go on with a rotation that was halted: try bots that are stuck again, or set them aside',
    input: One.extend({ stuck: z.enum(['retry', 'set-aside']).default('retry') }),
    output: Rotation,
  }),
  undo: route({
    method: 'POST',
    path: '/rotations/{rotationId}/undo',
    permission: 'secret:manage',
    summary: 'Give every bot the former value back, and destroy the new one',
    input: One,
    output: Rotation,
  }),
  revoke: route({
    method: 'POST',
    path: '/secrets/{secretId}/revoke',
    permission: 'secret:manage',
    summary: 'In an emergency: destroy a secret’s values here and take them from every bot at once',
    input: z.object({ secretId: Id, reason: z.string().trim().min(1, 'Say why: it is kept with the event').max(300) }),
    output: z.object({ bots: z.int() }),
  }),
};
