import { z } from 'zod';
import { ModelId } from './model.ts';
import { OperationKind } from './operation.ts';
import { BotCapture } from './capture.ts';
import { Disconnect } from './disconnect.ts';
import { DiskBytesMax, diskBytesMaxUsual } from './disk.ts';
import { BotDrift, DriftPolicy } from './drift.ts';
import { Labels, Selector } from './label.ts';
import { Id, PageInput, Timestamp } from './page.ts';
import { RuntimeVersion } from './runtime.ts';
import { Personality, Settings } from './settings.ts';
import { TemplateId, TemplateUse, VariableValues } from './template.ts';

/** Letters, digits and hyphens, so that a bot can be named in a command, a URL and a chat alike. */
export const BotName = z
  .string()
  .regex(
    /^[A-Za-z](?:[A-Za-z0-9-]{0,38}[A-Za-z0-9])?$/,
    'Use 1 to 40 letters, digits and hyphens, beginning with a letter',
  );

export const BotPhase = z.enum([
  'pending',
  'installing',
  'starting',
  'ready',
  'degraded',
  'pausing',
  'paused',
  'stopping',
  'stopped',
  'failed',
  'unknown',
  'destroying',
  'destroyed',
]);
export type BotPhase = z.infer<typeof BotPhase>;

/** One thing that was seen, by whom, and when: why the phase is what it is. */
export const Evidence = z.object({
  source: z.enum(['target', 'supervisor', 'gateway', 'model']),
  ok: z.boolean(),
  text: z.string(),
  at: Timestamp,
});
export type Evidence = z.infer<typeof Evidence>;

/** The way to ready, in order, with what each step waits for and how long it took. */
export const BotStep = z.object({
  name: z.enum(['runtime', 'supervisor', 'link', 'gateway', 'model']),
  label: z.string(),
  state: z.enum(['waiting', 'running', 'done', 'failed']),
  detail: z.string().optional(),
  startedAt: Timestamp.optional(),
  endedAt: Timestamp.optional(),
});
export type BotStep = z.infer<typeof BotStep>;

/** What a bot's own container takes, with all in it, of what it may. */
export const ContainerUse = z.object({
  memoryBytes: z.number(),
  memoryBytesMax: z.number(),
  /** Processors' worth of time in the last seconds: 0.5 is half of one. */
  cpus: z.number(),
  cpusMax: z.number(),
  /** Threads count, too. */
  processes: z.int(),
  processesMax: z.int(),
});
export type ContainerUse = z.infer<typeof ContainerUse>;

export const BotStatus = z.object({
  phase: BotPhase,
  /** A sentence: "Waiting for the gateway to answer". */
  reason: z.string(),
  since: Timestamp,
  evidence: z.array(Evidence),
  steps: z.array(BotStep),
  /** What is told is about a gateway that works by this generation, or could not. */
  observedGeneration: z.int(),
  /** When a failing step is tried again. */
  nextTryAt: Timestamp.optional(),
  lastSeenAt: Timestamp.optional(),
  memoryBytes: z.number().optional(),
  /** What it takes of its host's disk, as measured every few minutes. */
  diskBytes: z.number().optional(),
  /** Absent where it has no container of its own. */
  container: ContainerUse.optional(),
  /** Restarts of the gateway since the bot was last started, by whatever cause. */
  restartCount: z.int().default(0),
  /** What somebody else changed on its host, where that is left until someone decides. */
  drift: BotDrift.optional(),
});
export type BotStatus = z.infer<typeof BotStatus>;

/** What a bot says of itself, above the layers it shares with others. Its personality has a field of its own. */
const OwnSettings = Settings;
const ProfileIds = z
  .array(Id)
  .max(20, 'A bot has at most 20 profiles by name')
  .refine((ids) => new Set(ids).size === ids.length, 'Name each profile once');

/** What should be. */
export const BotSpec = z.object({
  /** A paused bot keeps its gateway and takes no turns; a stopped one has no process. */
  desired: z.enum(['running', 'paused', 'stopped', 'destroyed']),
  runtimeVersion: RuntimeVersion,
  connectorId: Id,
  model: ModelId,
  personality: Personality,
  memoryBytesMax: z.int().min(1_000_000_000).max(64_000_000_000),
  diskBytesMax: DiskBytesMax.default(diskBytesMaxUsual),
  disconnect: Disconnect.default('keep'),
  drift: DriftPolicy.default('revert'),
  /** How much of its conversations is kept. */
  capture: BotCapture.default('inherit'),
  /** Ready only after a model turn came back; off for bots whose model must not be asked idly. */
  modelCheck: z.boolean(),
  /** What it was made from: its lowest layer. */
  template: TemplateUse.optional(),
  /** Profiles attached by name, the lowest first; those attached by labels are below them. */
  profileIds: ProfileIds.default([]),
  settings: OwnSettings.default({}),
});
export type BotSpec = z.infer<typeof BotSpec>;

export const Bot = z.object({
  id: Id,
  name: BotName,
  targetId: Id,
  targetName: z.string(),
  connectorName: z.string(),
  labels: Labels,
  generation: z.int(),
  spec: BotSpec,
  status: BotStatus,
  createdAt: Timestamp,
  updatedAt: Timestamp,
  /** Set on a destroyed bot: until then its state is kept. */
  stateKeptUntil: Timestamp.optional(),
  /** What holds the bot still until it is done: its state is being replaced or taken elsewhere. */
  operation: z.object({ id: Id, kind: OperationKind }).optional(),
});
export type Bot = z.infer<typeof Bot>;

/** A bot among others: without what only one who looks at it alone wants to know, which is more than half of it. */
export const ListedBot = Bot.extend({
  spec: BotSpec.omit({ settings: true }),
  status: BotStatus.omit({ evidence: true, steps: true, drift: true, container: true }),
});
export type ListedBot = z.infer<typeof ListedBot>;

export const CreateBot = z.object({
  name: BotName,
  personality: Personality.default(''),
  labels: Labels.default({}),
  /** Absent: this machine. */
  targetId: Id.optional(),
  /** Absent: the demo model. */
  connectorId: Id.optional(),
  /** Absent: the connector's own. */
  model: ModelId.optional(),
  /** Absent: the recommended version. */
  runtimeVersion: RuntimeVersion.optional(),
  memoryBytesMax: BotSpec.shape.memoryBytesMax.default(2_000_000_000),
  diskBytesMax: DiskBytesMax.default(diskBytesMaxUsual),
  disconnect: Disconnect.default('keep'),
  drift: DriftPolicy.default('revert'),
  capture: BotCapture.default('inherit'),
  modelCheck: z.boolean().default(true),
  /** `version`: absent, the newest. */
  template: z
    .object({ id: TemplateId, version: z.int().min(1).optional(), variables: VariableValues.default({}) })
    .optional(),
  profileIds: ProfileIds.default([]),
  settings: OwnSettings.default({}),
  start: z.boolean().default(true),
});
export type CreateBot = z.infer<typeof CreateBot>;

/** Absent fields stay as they are. */
export const UpdateBot = z.object({
  botId: Id,
  personality: Personality.optional(),
  connectorId: Id.optional(),
  model: ModelId.optional(),
  runtimeVersion: RuntimeVersion.optional(),
  memoryBytesMax: BotSpec.shape.memoryBytesMax.optional(),
  diskBytesMax: DiskBytesMax.optional(),
  disconnect: Disconnect.optional(),
  drift: DriftPolicy.optional(),
  capture: BotCapture.optional(),
  modelCheck: z.boolean().optional(),
  /** Another version is an upgrade; null lets go of the template. Variables that are absent stay. */
  template: z
    .object({ id: TemplateId, version: z.int().min(1).optional(), variables: VariableValues.optional() })
    .nullable()
    .optional(),
  profileIds: ProfileIds.optional(),
  settings: OwnSettings.optional(),
  /** Why, kept with the revision. */
  reason: z.string().trim().max(300).optional(),
});
export type UpdateBot = z.infer<typeof UpdateBot>;

export const BotOrder = z.enum(['name', 'phase', 'created', 'since']);
export const ListBots = PageInput.extend({
  search: z.string().max(100).optional(),
  phase: BotPhase.optional(),
  /** Those that have all of these labels. */
  selector: Selector.optional(),
  /** Those made from this template. */
  templateId: TemplateUse.shape.id.optional(),
  /** Those whose version of their template is before this one. */
  templateBefore: z.coerce.number().int().min(1).optional(),
  order: BotOrder.default('name'),
  descending: z.stringbool().or(z.boolean()).default(false),
});
export type ListBots = z.infer<typeof ListBots>;

/** How many bots there are, without those that were destroyed, and how many of all in each phase. */
export const BotCounts = z.object({ total: z.int(), phases: z.record(BotPhase, z.int()) });
export type BotCounts = z.infer<typeof BotCounts>;

export const BotInput = z.object({ botId: Id });

export const LogLine = z.object({
  source: z.enum(['supervisor', 'gateway']),
  at: Timestamp.optional(),
  level: z.string().optional(),
  text: z.string(),
});
export type LogLine = z.infer<typeof LogLine>;
