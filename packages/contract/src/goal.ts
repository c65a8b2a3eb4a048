import { z } from 'zod';
import { Delegation } from './delegation.ts';
import { line } from './line.ts';
import { Id, Timestamp } from './page.ts';
import { Capability } from './team.ts';

/** `planning`: its lead thinks of a plan. `proposed`: the plan waits for a person. `paused`: nothing new is begun. */
export const GoalState = z.enum(['planning', 'proposed', 'active', 'paused', 'done', 'failed', 'cancelled']);
export type GoalState = z.infer<typeof GoalState>;
/** `planned`: waits for others. `ready`: may begin. `open`: somebody was asked. `blocked`: somebody has to say something first. */
export const TaskState = z.enum(['planned', 'ready', 'open', 'blocked', 'done', 'failed', 'cancelled']);
export type TaskState = z.infer<typeof TaskState>;

const title = line(200, 'Give it a title');
const Day = z.iso.date();

/** A task as a plan says it. `key` is how others of the plan name it. */
export const PlannedTask = z
  .strictObject({
    key: z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/, 'A key is lower-case letters, digits and hyphens'),
    title,
    /** What is to be done, and how one sees that it is. */
    text: z.string().trim().min(1, 'Say what is to be done').max(10_000),
    /** Whoever can do this, or the bot of this name; absent: the lead. */
    capability: Capability.optional(),
    assignee: z.string().max(40).optional(),
    after: z.array(z.string().max(40)).max(50).default([]),
    dueOn: Day.optional(),
  })
  .refine(({ capability, assignee }) => !(capability && assignee), {
    path: ['assignee'],
    message: 'Name a capability or a bot, not both',
  });
export const Plan = z.strictObject({
  milestones: z
    .array(z.strictObject({ title, dueOn: Day.optional(), tasks: z.array(PlannedTask).min(1).max(100) }))
    .min(1, 'A plan has one milestone at least')
    .max(30),
});
export type Plan = z.infer<typeof Plan>;

export const Task = z.object({
  id: Id,
  goalId: Id,
  milestoneId: Id,
  key: z.string(),
  title: z.string(),
  text: z.string(),
  state: TaskState,
  /** Why it is so, in a sentence. */
  reason: z.string(),
  capability: z.string().optional(),
  assigneeId: Id.optional(),
  assigneeName: z.string().optional(),
  after: z.array(z.string()),
  dueOn: Day.optional(),
  isLate: z.boolean(),
  /** Of the delegation it is done by now, or was last. */
  delegationId: Id.optional(),
  progress: Delegation.shape.progress,
  result: z.string().optional(),
  costUsd: z.number(),
  updatedAt: Timestamp,
});
export type Task = z.infer<typeof Task>;

export const Goal = z.object({
  id: Id,
  teamId: Id,
  teamName: z.string(),
  title: z.string(),
  text: z.string(),
  /** By what one sees that it is reached. */
  measure: z.string(),
  dueOn: Day.optional(),
  state: GoalState,
  reason: z.string(),
  setBy: z.string(),
  tasks: z.object({ total: z.int(), done: z.int(), open: z.int(), blocked: z.int(), failed: z.int() }),
  result: z.string().optional(),
  /** All that was spent on it, planning included. */
  costUsd: z.number(),
  /** How often Clawster woke the lead for it by itself, and what those turns cost. */
  wakes: z.object({ count: z.int(), costUsd: z.number() }),
  /** All of it is in one trace. */
  traceId: z.string(),
  createdAt: Timestamp,
  updatedAt: Timestamp,
  endedAt: Timestamp.optional(),
});
export type Goal = z.infer<typeof Goal>;
export const GoalDetail = Goal.extend({
  milestones: z.array(z.object({ id: Id, title: z.string(), dueOn: Day.optional(), tasks: z.array(Task) })),
  /** The plan that waits for a person. */
  proposed: z.object({ plan: Plan, inboxItemId: Id, at: Timestamp }).optional(),
});
export type GoalDetail = z.infer<typeof GoalDetail>;

export const CreateGoal = z.object({
  teamId: Id,
  title,
  text: z.string().trim().max(10_000).default(''),
  measure: z.string().trim().max(500).default(''),
  dueOn: Day.optional(),
  /** Absent: the lead is asked for one. */
  plan: Plan.optional(),
});
export type CreateGoal = z.infer<typeof CreateGoal>;
