import { z } from 'zod';

/** Name of the MCP server that a bot's gateway finds its team's tools at: to the model they are `clawster__delegate` and so on. */
export const teamServer = 'clawster';

const key = z.string().min(1).max(200);
const text = (what: string) => z.string().trim().min(1).max(20_000).describe(what);
const title = z.string().trim().min(1).max(200);
const taskId = z
  .uuid()
  .describe('As delegate or list_teammates gave it; of the task you work at yourself it can be left out');
const artefacts = z
  .array(
    z.object({
      name: z.string().min(1).max(200),
      text: z.string().max(100_000),
      mediaType: z.string().max(100).optional(),
    }),
  )
  .max(10)
  .optional()
  .describe('Files or long texts that belong to the result');

/** What a bot can ask of its team, as its model is told. What the bot's role does not allow is not listed to it. */
export const teamTools = {
  list_teammates: {
    title: 'See the team',
    description:
      'Who is in your team, what each can be asked for, and who is busy. Ask nobody else: there is no other way to reach a bot.',
    input: z.object({}),
  },
  delegate: {
    title: 'Give a task away',
    description:
      'Ask a teammate by name, or whoever has a capability, to do something. Say all they need to know and what a good result looks like: they see nothing else of this conversation. Rules of the team decide; a person may have to approve. With wait_seconds the answer is the result if it is there by then; else you get a task_id now and are told when it is done: do not ask again and again.',
    input: z.object({
      to: z.string().max(40).optional().describe('Name of a teammate'),
      capability: z.string().max(40).optional().describe('In place of a name'),
      title: title.describe('In a few words, for people'),
      task: text('What is to be done'),
      type: z.string().max(60).optional().describe('Kind of task, where rules of the team tell kinds apart'),
      context_keys: z.array(key).max(20).optional().describe('Entries of the shared context they should see'),
      wait_seconds: z.number().int().min(0).max(120).default(0),
      deadline_minutes: z.number().int().min(1).max(10_080).optional(),
    }),
  },
  task_status: {
    title: 'See how a task goes',
    description: 'State, progress and result of a task you gave away.',
    input: z.object({ task_id: taskId }),
  },
  cancel_task: {
    title: 'Take a task back',
    description: 'Stop a task you gave away, and all that it was passed on as.',
    input: z.object({ task_id: taskId, reason: z.string().max(300).default('') }),
  },
  report_progress: {
    title: 'Say how far you are',
    description:
      'Tell whoever asked how far the task is that you work at. Say it when something changed, not to keep them company.',
    input: z.object({
      text: text('What is done and what comes next').max(2_000),
      percent: z.number().int().min(0).max(100).optional(),
    }),
  },
  complete_task: {
    title: 'Hand in the result',
    description: 'End the task you work at, with its result, or with what stands in its way (failed: true).',
    input: z.object({
      result: text('What came of it, so that it can be used without asking back'),
      failed: z.boolean().default(false),
      artefacts,
    }),
  },
  ask_human: {
    title: 'Ask a person',
    description:
      'Ask the people who run the team something that only they can say or decide. It may take hours: with wait_seconds you get the answer if it is there by then, else you are told when it comes.',
    input: z.object({
      question: text('One question, with all that is needed to answer it').max(4_000),
      choices: z.array(z.string().min(1).max(200)).max(8).optional(),
      wait_seconds: z.number().int().min(0).max(120).default(0),
    }),
  },
  read_context: {
    title: 'Read what the team knows',
    description:
      'An entry of the shared context by its key; or those whose keys begin with a prefix or that hold these words.',
    input: z.object({ key: key.optional(), prefix: key.optional(), search: z.string().max(200).optional() }),
  },
  write_context: {
    title: 'Write down for the team',
    description:
      'Write an entry of the shared context. base_version is that of the entry you read (0: there is none yet); where a teammate wrote since, it is refused and you read again.',
    input: z.object({
      key,
      text: text('The whole entry, as it should be from now on'),
      base_version: z.number().int().min(0),
      only_lead: z.boolean().default(false).describe('Only the lead sees it'),
      expires_hours: z.number().int().min(1).max(8_760).optional(),
    }),
  },
  propose_plan: {
    title: 'Propose a plan',
    description:
      'For a goal you were set: milestones with tasks, who does each (a capability or a teammate’s name) and after which others. A person approves it; then the team gives the tasks out by itself and tells you what comes of them.',
    input: z.object({
      goal_id: z.uuid(),
      milestones: z
        .array(
          z.object({
            title,
            due_on: z.string().max(10).optional(),
            tasks: z
              .array(
                z.object({
                  key: z.string().max(40).describe('Short name within the plan: lower-case letters, digits, hyphens'),
                  title,
                  task: text('What is to be done, and how one sees that it is').max(10_000),
                  capability: z.string().max(40).optional(),
                  to: z.string().max(40).optional(),
                  after: z.array(z.string().max(40)).max(50).optional(),
                  due_on: z.string().max(10).optional(),
                }),
              )
              .min(1)
              .max(100),
          }),
        )
        .min(1)
        .max(30),
    }),
  },
} as const;
export type TeamToolName = keyof typeof teamTools;
export const teamToolNames = Object.keys(teamTools) as TeamToolName[];
export const TeamToolName = z.enum(teamToolNames);
export type TeamToolInput<T extends TeamToolName> = z.output<(typeof teamTools)[T]['input']>;

/** What a bot is in its team, as far as its host must know. */
export const TeamMembership = z.object({
  teamName: z.string(),
  isLead: z.boolean(),
  /** Tools that are listed to the model; the control plane refuses others, whoever lists them. */
  tools: z.array(TeamToolName),
});
export type TeamMembership = z.infer<typeof TeamMembership>;

/** Of which conversation a call comes, by the bridge that stamps it; absent where the bridge is off: then no more is allowed than where it is least. */
const whence = { session: z.string().max(500).optional(), runId: z.string().max(300).optional() };

/**
 * A call of a team's tool. `callId` is the host's own name of it: told twice, it is carried out once, and the second is given
 * what came of the first.
 */
export const TeamCall = z.object({
  callId: z.string().min(1).max(200),
  tool: z.string().max(100),
  arguments: z.record(z.string(), z.unknown()),
  ...whence,
});
export type TeamCall = z.infer<typeof TeamCall>;
/** What the model is answered; with `waitMs` not yet: when `team.settle` comes, or after that time by asking `team.await`. */
export const TeamAnswer = z.object({
  text: z.string(),
  isError: z.boolean().default(false),
  waitMs: z.int().min(0).optional(),
});
export type TeamAnswer = z.infer<typeof TeamAnswer>;

/** A delegation that a bot is to work at, in a session of its own; the same for the same `id` and `attempt`, however often it comes. */
export const Delivery = z.object({
  id: z.uuid(),
  attempt: z.int().min(1),
  session: z.string().max(500),
  /** The user's message of the turn, and what is told beside it in the system's. */
  message: z.string(),
  context: z.string(),
  /** Tools of OpenClaw it may use for it, beside the team's; `all`: those it has. */
  tools: z.union([z.array(z.string()), z.literal('all')]),
  teamTools: z.array(TeamToolName),
  timeoutSeconds: z.int().min(1),
});
export type Delivery = z.infer<typeof Delivery>;

/** How a delivery ended at the bot. `text` is its last answer; `isRetryable`: by no fault of what was asked. */
export const DeliveryEnd = z.object({
  id: z.uuid(),
  attempt: z.int().min(1),
  outcome: z.enum(['done', 'failed', 'aborted', 'timeout']),
  text: z.string().max(100_000).default(''),
  failure: z.string().max(2_000).optional(),
  isRetryable: z.boolean().default(false),
});
export type DeliveryEnd = z.infer<typeof DeliveryEnd>;

/** OpenClaw asks a person: before a command or a tool runs, or because the model asked. */
export const GatewayQuestion = z.object({
  id: z.string().min(1).max(200),
  kind: z.enum(['exec', 'plugin', 'question']),
  title: z.string().max(500),
  content: z.array(z.object({ label: z.string().max(100), text: z.string().max(20_000) })).max(20),
  choices: z.array(z.string().max(200)).max(20).default([]),
  expiresAt: z.iso.datetime({ offset: true }).optional(),
  ...whence,
});
export type GatewayQuestion = z.infer<typeof GatewayQuestion>;

/** What the control plane asks of a supervisor for the team's sake. */
export const teamSupervisorMethods = {
  /** Answers once it is written down that the bot is to do it; how it goes is told by `delegation.began` and `delegation.ended`. */
  'delegation.deliver': { params: Delivery, result: z.object({}) },
  /** Answers once no turn of it runs and none will. */
  'delegation.cancel': { params: z.object({ id: z.uuid(), reason: z.string() }), result: z.object({}) },
  /** A turn in a conversation there is, because something came that it waits for. Once for each `id`. */
  'team.tell': {
    params: z.object({ id: z.string().max(200), session: z.string().max(500), message: z.string() }),
    result: z.object({}),
  },
  /** The answer a call waits for. One that nobody waits for is let go. */
  'team.settle': {
    params: z.object({ callId: z.string(), text: z.string(), isError: z.boolean() }),
    result: z.object({}),
  },
  'question.resolve': {
    params: z.object({
      id: z.string(),
      kind: GatewayQuestion.shape.kind,
      approved: z.boolean(),
      answer: z.string().optional(),
    }),
    result: z.object({}),
  },
} as const;

/** What a supervisor asks of the control plane for the team's sake. */
export const teamControlPlaneMethods = {
  'team.call': { params: TeamCall, result: TeamAnswer },
  /** What has come of a call by now; without `waitMs` in the answer it is final. */
  'team.await': { params: z.object({ callId: z.string() }), result: TeamAnswer },
  /** Nobody waits for a call's answer any more: the turn it belongs to was ended. */
  'team.drop': { params: z.object({ callId: z.string() }), result: z.object({}) },
  'delegation.began': { params: z.object({ id: z.uuid(), attempt: z.int(), runId: z.string() }), result: z.object({}) },
  'delegation.ended': { params: DeliveryEnd, result: z.object({}) },
  'question.raise': { params: GatewayQuestion, result: z.object({}) },
  /** It was answered elsewhere, or expired. */
  'question.withdraw': { params: z.object({ id: z.string(), why: z.string().max(300) }), result: z.object({}) },
} as const;
