import { z } from 'zod';
import { ChannelState, CredentialProof } from './channel.ts';
import { Drift } from './drift.ts';

/** Names of the supervisor's events. */
export const reportEvent = 'report';
export const telemetryEvent = 'telemetry';
/** Part of an answer that streams; carries `request`. */
export const partEvent = 'part';

/** The state of the gateway as its supervisor sees it. */
export const GatewayState = z.enum([
  'stopped',
  'starting',
  'warming',
  'ready',
  'degraded',
  'paused',
  'stopping',
  'failed',
]);
export type GatewayState = z.infer<typeof GatewayState>;

const timestamp = z.iso.datetime({ offset: true });

/** Sent on every change and at least every heartbeat; whole, so that the last one says it all. */
export const Report = z.object({
  /** The generation of the last configuration taken over; 0 before the first. */
  generation: z.int(),
  state: GatewayState,
  /** A sentence for people. */
  reason: z.string(),
  since: timestamp,
  steps: z.array(
    z.object({
      name: z.enum(['gateway', 'model']),
      state: z.enum(['waiting', 'running', 'done', 'failed']),
      detail: z.string().optional(),
      startedAt: timestamp.optional(),
      endedAt: timestamp.optional(),
    }),
  ),
  evidence: z.array(
    z.object({ source: z.enum(['supervisor', 'gateway', 'model']), ok: z.boolean(), text: z.string(), at: timestamp }),
  ),
  restartCount: z.int(),
  memoryBytes: z.number().optional(),
  diskBytes: z.number().optional(),
  /** What the bot's own container takes, with all in it, of what it may; absent where it has none. */
  container: z
    .object({
      memoryBytes: z.number(),
      memoryBytesMax: z.number(),
      /** Processors' worth of time, lately. */
      cpus: z.number(),
      cpusMax: z.number(),
      processes: z.int(),
      processesMax: z.int(),
    })
    .optional(),
  nextTryAt: timestamp.optional(),
  gatewayVersion: z.string().optional(),
  /** The generation the gateway was seen to be well with and runs by; absent while it does not run, or from a supervisor of before. */
  applied: z.object({ generation: z.int(), at: timestamp }).optional(),
  /** That what this generation asks for turned out bad, and why; until another one is asked for, or it turns out well after all. */
  refused: z
    .object({
      generation: z.int(),
      reason: z.string(),
      /** The OpenClaw that does not come up, where it is that, and not the configuration. */
      runtimeVersion: z.string().optional(),
    })
    .optional(),
  /** What lies there now and is left, or what was last put back. */
  drift: Drift.optional(),
  /** Of each account of each channel; absent while the gateway does not run, or from a supervisor of before. */
  channels: z.array(ChannelState).optional(),
  /** What was found out of the credentials of this generation; what is still to be found out is not in it. */
  proofs: z.array(CredentialProof).optional(),
  /** Telemetry that is not acknowledged yet; absent while there is none, or from a supervisor of before. */
  spool: z.object({ items: z.int(), oldestAt: timestamp }).optional(),
});
export type Report = z.infer<typeof Report>;

/** One fact worth keeping, numbered per (bot, epoch of the spool) so that it is stored once. */
export const TelemetryItem = z.object({
  sequence: z.int(),
  at: timestamp,
  kind: z.string(),
  data: z.record(z.string(), z.unknown()),
});
export type TelemetryItem = z.infer<typeof TelemetryItem>;
/** `dropped` counts what overflowed the spool since the last batch: a gap that is shown. */
export const TelemetryBatch = z.object({ epoch: z.int(), items: z.array(TelemetryItem).max(1000), dropped: z.int() });
export type TelemetryBatch = z.infer<typeof TelemetryBatch>;
