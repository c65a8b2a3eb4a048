import { z } from 'zod';
import { Empty, Id, Timestamp } from './page.ts';
import { route } from './route.ts';

/** Names a conversation with a bot; OpenClaw keeps its history. */
export const ConversationKey = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,63}$/, 'Use lower-case letters, digits and hyphens')
  .default('main');

export const ChatMessage = z.object({
  id: z.string(),
  role: z.enum(['user', 'assistant', 'tool']),
  text: z.string(),
  at: Timestamp.optional(),
  /** For `tool`: which, and whether it failed. */
  toolName: z.string().optional(),
  failed: z.boolean().optional(),
  /** The turn it was said in, which is its trace, too; not known of what people say. */
  turnId: z.string().optional(),
});
export type ChatMessage = z.infer<typeof ChatMessage>;

/** A turn as it happens: `text` carries the whole answer so far, so a lost event loses nothing. */
export const TurnEvent = z.discriminatedUnion('type', [
  z.object({ type: z.literal('accepted'), turnId: z.string() }),
  z.object({ type: z.literal('progress'), text: z.string() }),
  z.object({ type: z.literal('text'), text: z.string() }),
  z.object({
    type: z.literal('tool'),
    toolCallId: z.string(),
    toolName: z.string(),
    state: z.enum(['running', 'done', 'failed']),
    title: z.string().optional(),
  }),
  z.object({
    type: z.literal('done'),
    text: z.string(),
    usage: z.object({ inputTokens: z.number(), outputTokens: z.number() }).optional(),
  }),
  z.object({ type: z.literal('aborted'), text: z.string() }),
  z.object({ type: z.literal('failed'), message: z.string() }),
]);
export type TurnEvent = z.infer<typeof TurnEvent>;

export const StartTurn = z.object({
  botId: Id,
  conversation: ConversationKey,
  message: z.string().trim().min(1, 'Write a message').max(32_000),
});
export type StartTurn = z.infer<typeof StartTurn>;

export const turns = {
  start: route({
    method: 'POST',
    path: '/bots/{botId}/turns',
    permission: 'bot:chat',
    stream: true,
    summary: 'Say something to a bot; the answer streams. The turn goes on if the listener leaves',
    input: StartTurn,
    output: TurnEvent,
  }),
  abort: route({
    method: 'POST',
    path: '/bots/{botId}/turns/{turnId}/abort',
    permission: 'bot:chat',
    summary: 'Stop a turn',
    input: z.object({ botId: Id, turnId: z.string().max(100), conversation: ConversationKey }),
    output: Empty,
  }),
  history: route({
    method: 'GET',
    path: '/bots/{botId}/messages',
    permission: 'bot:read',
    summary: 'A conversation, oldest first, as OpenClaw keeps it',
    input: z.object({
      botId: Id,
      conversation: ConversationKey,
      limit: z.coerce.number().int().min(1).max(500).default(100),
    }),
    output: z.object({ items: z.array(ChatMessage) }),
  }),
};
