import { SpanOutcome, SpanPerson, SpanText } from '@clawster/link/span';
import { z } from 'zod';

/** What somebody wrote, until it is known which run answers it. */
const Asked = z.object({
  id: z.string(),
  at: z.number(),
  characters: z.number(),
  text: z.string().optional(),
  person: SpanPerson.optional(),
});
export type Asked = z.infer<typeof Asked>;

/** A call of a tool whose result did not come yet. */
const OpenCall = z.object({
  id: z.string(),
  name: z.string(),
  at: z.number(),
  characters: z.number(),
  digest: z.string().optional(),
  text: z.string().optional(),
});

/** A turn that goes on. Only what is needed to tell it when it ends; what was said is as far as it may travel. */
export const OpenTurn = z.object({
  /** Absent until the first answer: of what comes from a channel only that says it. */
  runId: z.string().optional(),
  /** Of the message it began with: its name where no run took it up. */
  firstId: z.string(),
  /** Turns of this run before it: someone wrote on while it answered. */
  part: z.number().default(1),
  startedAt: z.number(),
  lastAt: z.number(),
  channel: z.string(),
  person: SpanPerson.optional(),
  text: SpanText.optional(),
  untold: z.array(Asked),
  calls: z.array(OpenCall),
  tools: z.array(z.string()),
  toolCalls: z.number(),
  /** The call that was made last, how often in a row by now, and how often at most any was. */
  same: z.object({ call: z.string(), times: z.number(), most: z.number() }).default({ call: '', times: 0, most: 0 }),
  modelCalls: z.number(),
});
export type OpenTurn = z.infer<typeof OpenTurn>;

/** How a turn ended that the conversation itself does not say the end of. */
export const TurnEnd = z.object({
  outcome: SpanOutcome,
  at: z.number(),
  runId: z.string().optional(),
  failure: z.string().optional(),
});
export type TurnEnd = z.infer<typeof TurnEnd>;

/** What is under way in a conversation. */
export const Standing = z.object({
  turn: OpenTurn.optional(),
  /** What was written while a turn went on, which either joins that turn or is the next one's. */
  waiting: OpenTurn.optional(),
  /** The run whose turn ended last, and how many it has had. */
  ended: z.object({ runId: z.string(), parts: z.number() }).optional(),
});
export type Standing = z.infer<typeof Standing>;

/** How far a conversation was read: up to and with the message `seq`, of which nothing is left to tell. */
export const SessionMark = Standing.extend({
  sessionId: z.string(),
  seq: z.number(),
  /** Of that message, and when it was written: by them it is seen whether the conversation is still the same. */
  id: z.string().optional(),
  at: z.number(),
  /** When the session had changed last, as it was read. */
  seen: z.number().optional(),
  /** Of what the next message (or `end`) comes to, so much was told before this process ended. */
  told: z.number().default(0),
  end: TurnEnd.optional(),
});
export type SessionMark = z.infer<typeof SessionMark>;

/** The mark's name in the spool. */
export function markOfSession(sessionKey: string): string {
  return `session:${sessionKey}`;
}

/** Where the conversation is held: a channel's name, or `clawster` for those of people and programs. */
export function channelOf(sessionKey: string): string {
  return sessionKey.split(':')[2] ?? 'main';
}
