import { z } from 'zod';
import { BotName, BotPhase } from './bot.ts';
import { isLine, line, notLine } from './line.ts';
import { Id, Timestamp } from './page.ts';
import { VariableValues } from './template.ts';

export const TeamName = line(80, 'Name the team, such as Customer care');
/** What a member can be asked for, such as `code-review`: tasks find who does them by it. */
export const Capability = z
  .string()
  .regex(
    /^[a-z](?:[a-z0-9-]{0,38}[a-z0-9])?$/,
    'A capability is lower-case letters, digits and hyphens, such as code-review',
  );
export const Capabilities = z
  .array(Capability)
  .max(20)
  .overwrite((chosen) => [...new Set(chosen)]);

/** What may be done in somebody's name. A delegation has at most those of whoever began it, however many bots it passes. */
export const Rights = z.strictObject({
  /** What may be asked for. */
  capabilities: z.union([Capabilities, z.literal('all')]),
  /** Tools of OpenClaw that the bot that does it may use for it, beside the team's own; it must have them itself. */
  tools: z.union([z.array(z.string().max(100)).max(50), z.literal('all')]),
});
export type Rights = z.infer<typeof Rights>;

/** Who sets something going: a person here, someone on a channel whom nobody here knows, or a plan that a person approved. */
export const OriginKind = z.enum(['person', 'channel', 'goal']);
export type OriginKind = z.infer<typeof OriginKind>;

export const TeamLimits = z.strictObject({
  /** Delegations of the team that are not over. */
  openTasks: z.int().min(1).max(1_000).default(50),
  /** Of one member at once; others wait their turn. */
  tasksPerMember: z.int().min(1).max(20).default(2),
  /** How often a task may be passed on. */
  hops: z.int().min(1).max(10).default(3),
  /** Delegations that one delegation, or one conversation, may have open. */
  fanOut: z.int().min(1).max(50).default(8),
  /** A task not done by then has expired, unless it was given less. */
  taskMinutes: z.int().min(1).max(10_080).default(60),
  /** What all that comes of one origin may cost, in US dollars; null: no limit of its own. */
  usdPerOrigin: z.number().positive().max(100_000).nullable().default(null),
  /** How often a day Clawster may wake the lead by itself, for what stalls or is late: each is a paid turn. */
  wakesPerDay: z.int().min(0).max(1_000).default(24),
});
export type TeamLimits = z.infer<typeof TeamLimits>;

const title = z.string().trim().max(120).refine(isLine, notLine);
/** A bot of a team. A bot is in one team at most. */
export const TeamMember = z.object({
  botId: Id,
  botName: z.string(),
  phase: BotPhase,
  isLead: z.boolean(),
  /** What it is in the team, such as Support. */
  title: z.string(),
  capabilities: z.array(z.string()),
  /** Whether it may pass tasks on; the lead always may. */
  mayDelegate: z.boolean(),
  /** Delegations it works at, and those that wait for it. */
  working: z.int(),
  waiting: z.int(),
});
export type TeamMember = z.infer<typeof TeamMember>;

const member = { title: title.default(''), capabilities: Capabilities.default([]) };
export const NewLead = z.strictObject({ botId: Id, ...member });
export const NewMember = z.strictObject({ botId: Id, ...member, mayDelegate: z.boolean().default(false) });

/** What a team is told of itself. */
export const Charter = z
  .string()
  .trim()
  .max(4_000, 'Keep the charter under 4,000 characters: each turn of each member pays for it');
/** Whether whoever set a goal leaves the approval of what comes of it to somebody else, while there is somebody who may. */
export const ApprovalsByAnother = z.boolean();
/** What people on channels may set going; absent: nothing at all. */
const channelRights = Rights.default({ capabilities: [], tools: [] });

export const Team = z.object({
  id: Id,
  name: z.string(),
  /** What the team is there for, and how it works: each member is told. */
  charter: z.string(),
  lead: TeamMember,
  memberCount: z.int(),
  limits: TeamLimits,
  channelRights: Rights,
  approvalsByAnother: ApprovalsByAnother,
  rulesVersion: z.int(),
  /** Delegations that are not over, those of them that wait for a person, goals that are not over. */
  open: z.int(),
  held: z.int(),
  goals: z.int(),
  /** Changes with each change of the team; a change that names an older one is refused. */
  version: z.int(),
  createdAt: Timestamp,
  updatedAt: Timestamp,
});
export type Team = z.infer<typeof Team>;
export const TeamDetail = Team.extend({ members: z.array(TeamMember) });
export type TeamDetail = z.infer<typeof TeamDetail>;

export const CreateTeam = z.object({
  name: TeamName,
  charter: Charter.default(''),
  lead: NewLead,
  members: z.array(NewMember).max(50).default([]),
  limits: TeamLimits.prefault({}),
  channelRights,
  approvalsByAnother: ApprovalsByAnother.default(false),
});
export type CreateTeam = z.infer<typeof CreateTeam>;

/** A team that can be made in one go, bots and all. */
export const TeamTemplate = z.object({
  id: z.string(),
  name: z.string(),
  summary: z.string(),
  charter: z.string(),
  /** Asked for once, for all of its bots. */
  variables: z.array(z.object({ name: z.string(), label: z.string(), default: z.string().optional() })),
  members: z.array(
    z.object({
      key: z.string(),
      botName: z.string(),
      title: z.string(),
      isLead: z.boolean(),
      capabilities: z.array(z.string()),
      summary: z.string(),
    }),
  ),
});
export type TeamTemplate = z.infer<typeof TeamTemplate>;

export const DeployTeam = z.object({
  template: z.string().max(60),
  name: TeamName,
  connectorId: Id,
  /** Absent: the connector's usual one. */
  model: z.string().max(200).optional(),
  /** Absent: the first target. */
  targetId: Id.optional(),
  /** Names of the bots by their keys in the template; absent: the template's. */
  botNames: z.record(z.string(), BotName).default({}),
  variables: VariableValues.default({}),
});
export type DeployTeam = z.infer<typeof DeployTeam>;

/** What went from one to another in some hours: the arrows of the team's picture. */
export const TeamFlow = z.object({
  from: Timestamp,
  to: Timestamp,
  edges: z.array(
    z.object({
      /** Absent: a person, or people on channels. */
      fromBotId: Id.optional(),
      toBotId: Id,
      open: z.int(),
      held: z.int(),
      done: z.int(),
      refused: z.int(),
      failed: z.int(),
      costUsd: z.number(),
    }),
  ),
});
export type TeamFlow = z.infer<typeof TeamFlow>;
