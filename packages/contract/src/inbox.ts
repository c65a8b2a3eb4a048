import { z } from 'zod';
import { Id, PageInput, pageOf, Timestamp } from './page.ts';
import { route } from './route.ts';

/**
 * `delegation`: a rule holds it. `plan`: a lead proposes one. `question`: a bot asks. `stall`: something of a goal does not go on.
 * `tool`: OpenClaw asks before a tool runs. `budget`: bots are stopped by one.
 */
export const InboxKind = z.enum(['delegation', 'plan', 'question', 'stall', 'tool', 'budget']);
export type InboxKind = z.infer<typeof InboxKind>;
/** `withdrawn`: what it was about is over, or was changed. */
export const InboxState = z.enum(['open', 'approved', 'refused', 'answered', 'expired', 'withdrawn']);
export type InboxState = z.infer<typeof InboxState>;
/** `always`: a rule is made of it, that lets the like through from now on. */
export const InboxDecision = z.enum(['approve', 'always', 'refuse']);
export type InboxDecision = z.infer<typeof InboxDecision>;

/** Something that waits for a person. */
export const InboxItem = z.object({
  id: Id,
  kind: InboxKind,
  state: InboxState,
  /** In a sentence: who wants what. */
  title: z.string(),
  teamId: Id.optional(),
  teamName: z.string().optional(),
  botId: Id.optional(),
  botName: z.string().optional(),
  /** The delegation, goal, budget and so on that it is about. */
  subjectId: Id.optional(),
  traceId: z.string().optional(),
  /** What may be done with it. */
  decisions: z.array(InboxDecision),
  /** Whether it is answered in words. */
  isQuestion: z.boolean(),
  /** Words to choose an answer from. */
  choices: z.array(z.string()),
  /** SHA-256 of exactly what is decided about: a decision names it, and one about anything else is refused. */
  contentHash: z.string(),
  /** Whom it is for, where it was given to somebody; absent: whoever may decide. */
  assignee: z.object({ id: Id, name: z.string() }).optional(),
  createdAt: Timestamp,
  expiresAt: Timestamp.optional(),
  decidedAt: Timestamp.optional(),
  decidedBy: z.string().optional(),
  reason: z.string().optional(),
});
export type InboxItem = z.infer<typeof InboxItem>;
export const InboxItemDetail = InboxItem.extend({
  /** Exactly what is decided about, by what each part is called; what was written needs `conversation:read`. */
  content: z.array(z.object({ label: z.string(), text: z.string(), untrusted: z.boolean() })),
  answer: z.string().optional(),
  /** What stands in the way of the caller deciding: that it comes of their own asking, say. */
  whyNot: z.string().optional(),
});
export type InboxItemDetail = z.infer<typeof InboxItemDetail>;

/** The path of the dashboard that a link from a message leads to. After the `#` nothing is sent to a server, so its token reaches no log on the way. */
export const inboxLinkPath = '/inbox-link';

const One = z.object({ itemId: Id });
const token = z.string().min(20).max(200);
const reason = z.string().trim().max(500).default('');

export const inbox = {
  list: route({
    method: 'GET',
    path: '/inbox',
    permission: 'inbox:read',
    summary: 'What waits for a person, the most urgent first; or what was decided, the newest first',
    input: PageInput.extend({
      state: z.enum(['open', 'over']).default('open'),
      kind: InboxKind.optional(),
      teamId: Id.optional(),
      mine: z.coerce.boolean().optional(),
    }),
    output: pageOf(InboxItem),
  }),
  get: route({
    method: 'GET',
    path: '/inbox/{itemId}',
    permission: 'inbox:read',
    summary: 'One item, with exactly what is decided about',
    input: One,
    output: InboxItemDetail,
  }),
  decide: route({
    method: 'POST',
    path: '/inbox/{itemId}/decide',
    permission: 'inbox:decide',
    summary: 'Approve once, approve always, or refuse with a reason',
    input: One.extend({ decision: InboxDecision, contentHash: z.string().length(64), reason }),
    output: InboxItemDetail,
  }),
  answer: route({
    method: 'POST',
    path: '/inbox/{itemId}/answer',
    permission: 'inbox:decide',
    summary: 'Answer a bot’s question',
    input: One.extend({
      contentHash: z.string().length(64),
      answer: z.string().trim().min(1, 'Write an answer').max(10_000),
    }),
    output: InboxItemDetail,
  }),
  assign: route({
    method: 'POST',
    path: '/inbox/{itemId}/assign',
    permission: 'inbox:decide',
    summary: 'Give it to another person, who is told; null: to whoever may decide',
    input: One.extend({ personId: Id.nullable() }),
    output: InboxItemDetail,
  }),
  count: route({
    method: 'GET',
    path: '/inbox/count',
    permission: 'inbox:read',
    summary: 'How many wait, and how many of those for the caller',
    input: z.object({}),
    output: z.object({ open: z.int(), mine: z.int() }),
  }),
  seeLink: route({
    method: 'POST',
    path: '/inbox-links/look-up',
    permission: 'public',
    summary: 'What a link from a message is about; looking uses nothing up',
    input: z.object({ token }),
    output: InboxItemDetail.pick({
      title: true,
      content: true,
      contentHash: true,
      decisions: true,
      isQuestion: true,
      choices: true,
      state: true,
      expiresAt: true,
    }).extend({
      workspaceName: z.string(),
      /** In whose name it is decided. */
      personName: z.string(),
    }),
  }),
  useLink: route({
    method: 'POST',
    path: '/inbox-links/use',
    permission: 'public',
    summary: 'Decide or answer by a link from a message: once, in the name of the person it was sent to',
    input: z.object({
      token,
      contentHash: z.string().length(64),
      decision: z.enum(['approve', 'refuse']).optional(),
      answer: z.string().trim().max(10_000).optional(),
      reason,
    }),
    output: z.object({ state: InboxState }),
  }),
};
