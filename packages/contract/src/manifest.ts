import { z } from 'zod';
import { BotName, BotSpec } from './bot.ts';
import { ValueChange } from './configuration.ts';
import { ConnectorName } from './connector.ts';
import { Labels } from './label.ts';
import { OverlayName } from './overlay.ts';
import { Empty, Timestamp } from './page.ts';
import { LayerSelector, Locked, Priority, ProfileName } from './profile.ts';
import { route } from './route.ts';
import { Settings } from './settings.ts';
import { SkillDigest, SkillFiles, SkillName } from './skill.ts';
import { ApprovalsByAnother, Capabilities, Charter, Rights, TeamLimits, TeamName } from './team.ts';
import { TeamRules } from './team-rule.ts';
import { TemplateContent, TemplateName, VariableValues } from './template.ts';

const text = z.string().trim().max(300);
const { model, runtimeVersion, memoryBytesMax, diskBytesMax, disconnect, modelCheck, personality, drift, capture } =
  BotSpec.shape;

/** One version of a skill. */
export const SkillManifest = z.strictObject({
  kind: z.literal('Skill'),
  name: SkillName,
  /** Must be that of the files; a layer names the version by it. */
  digest: SkillDigest.optional(),
  files: SkillFiles,
  /** Why it may be used although its scan holds it back. */
  approved: text.optional(),
});
/** What files say of a workspace. What one does not say stays as it is; secrets are never in them. */
export const TemplateManifest = z.strictObject({
  kind: z.literal('Template'),
  name: TemplateName,
  summary: text.optional(),
  /** Of `content`; a change of it becomes a version above all there are. */
  version: z.int().min(1).optional(),
  content: TemplateContent,
  /** Versions that bots still hold on to. */
  older: z
    .array(z.strictObject({ version: z.int().min(1), content: TemplateContent }))
    .max(50)
    .optional(),
});
export const ProfileManifest = z.strictObject({
  kind: z.literal('Profile'),
  name: ProfileName,
  description: text.optional(),
  /** Bots that have it without naming it; null: none. */
  labels: LayerSelector.nullable().optional(),
  priority: Priority.optional(),
  locked: Locked.optional(),
  settings: Settings,
});
export const OverlayManifest = z.strictObject({
  kind: z.literal('Overlay'),
  name: OverlayName,
  reason: text.optional(),
  /** For the bot of this name, or for those with these labels. */
  bot: BotName.optional(),
  labels: LayerSelector.optional(),
  priority: Priority.optional(),
  expiresAt: Timestamp.nullable().optional(),
  settings: Settings,
});
export const BotManifest = z.strictObject({
  kind: z.literal('Bot'),
  name: BotName,
  /** By name; absent for a new bot: the first target, the demo model. */
  target: z.string().min(1).max(80).optional(),
  connector: ConnectorName.optional(),
  model: model.optional(),
  runtimeVersion: runtimeVersion.optional(),
  labels: Labels.optional(),
  /** A built-in one by its id. `version`: absent, the newest; null: none at all. */
  template: z
    .strictObject({ name: TemplateName, version: z.int().min(1).optional(), variables: VariableValues.optional() })
    .nullable()
    .optional(),
  /** By name, the lowest first. */
  profiles: z.array(ProfileName).max(20).optional(),
  personality: personality.optional(),
  settings: Settings.optional(),
  memoryBytesMax: memoryBytesMax.optional(),
  diskBytesMax: diskBytesMax.unwrap().optional(),
  disconnect: disconnect.unwrap().optional(),
  modelCheck: modelCheck.optional(),
  drift: drift.unwrap().optional(),
  capture: capture.unwrap().optional(),
  desired: z.enum(['running', 'paused', 'stopped']).optional(),
});

const place = {
  bot: BotName,
  title: z.string().trim().max(120).default(''),
  capabilities: Capabilities.default([]),
};
export const TeamManifest = z.strictObject({
  kind: z.literal('Team'),
  name: TeamName,
  charter: Charter.optional(),
  lead: z.strictObject(place),
  /** Beside the lead. */
  members: z
    .array(z.strictObject({ ...place, mayDelegate: z.boolean().default(false) }))
    .max(50)
    .optional(),
  limits: TeamLimits.optional(),
  channelRights: Rights.optional(),
  approvalsByAnother: ApprovalsByAnother.optional(),
  /** The first that fits decides; what none fits is refused. */
  rules: TeamRules.optional(),
});

/** One thing of a workspace, as a file says it. */
export const Manifest = z.discriminatedUnion(
  'kind',
  [SkillManifest, TemplateManifest, ProfileManifest, OverlayManifest, BotManifest, TeamManifest],
  {
    error: 'A file begins with its kind: Skill, Team, Template, Profile, Overlay or Bot',
  },
);
export type Manifest = z.infer<typeof Manifest>;
export type ManifestKind = Manifest['kind'];
/** In the order they are made: what others refer to first. */
export const manifestKinds = [
  'Skill',
  'Template',
  'Profile',
  'Bot',
  'Overlay',
  'Team',
] as const satisfies ManifestKind[];
export const manifestSchemas = {
  Skill: SkillManifest,
  Template: TemplateManifest,
  Profile: ProfileManifest,
  Bot: BotManifest,
  Overlay: OverlayManifest,
  Team: TeamManifest,
} as const;

export const ManifestStep = z.object({
  do: z.enum(['create', 'update', 'delete']),
  kind: z.enum(manifestKinds),
  name: z.string(),
  changes: z.array(ValueChange),
});
export type ManifestStep = z.infer<typeof ManifestStep>;

/** `id` names just these steps on just this state: given to `apply`, nothing else is done. */
export const ManifestPlan = z.object({ id: z.string(), steps: z.array(ManifestStep), unchanged: z.int() });
export type ManifestPlan = z.infer<typeof ManifestPlan>;

const Wanted = z.object({
  items: z.array(Manifest).max(2_000, 'At most 2,000 files at once'),
  /** Whether what is there and not in `items` is deleted; of the kinds that are named. */
  prune: z.boolean().default(false),
});

export const manifests = {
  export: route({
    method: 'GET',
    path: '/manifests',
    permission: 'profile:read',
    summary: 'The templates, profiles, overlays, bots and teams of the workspace, as files say them',
    input: Empty,
    output: z.object({ items: z.array(Manifest) }),
  }),
  plan: route({
    method: 'POST',
    path: '/manifests/plan',
    permission: 'profile:read',
    summary: 'What would be done so that the workspace is as files say; nothing is changed',
    input: Wanted,
    output: ManifestPlan,
  }),
  apply: route({
    method: 'POST',
    path: '/manifests/apply',
    permission: 'profile:manage',
    summary: 'Make the workspace as files say, all of it or nothing',
    input: Wanted.extend({ planId: z.string().max(100).optional() }),
    output: ManifestPlan,
  }),
};
