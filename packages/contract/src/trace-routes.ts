import { z } from 'zod';
import { Id, PageInput, Timestamp } from './page.ts';
import { route } from './route.ts';
import {
  Conversation,
  ConversationTurn,
  CrossCheck,
  Grouped,
  ListTurns,
  Loop,
  MessageUse,
  ToolUse,
  Trace,
  Turn,
  counted,
  feedOf,
  overviewOf,
} from './trace.ts';

/** What is asked of traces. */
export const traces = {
  turns: route({
    method: 'GET',
    path: '/turns',
    permission: 'telemetry:read',
    summary: 'What bots were asked and did, the latest first',
    input: ListTurns,
    output: feedOf(Turn),
  }),
  get: route({
    method: 'GET',
    path: '/traces/{traceId}',
    permission: 'telemetry:read',
    summary: 'All that belongs to one trace, of every bot that took part',
    input: z.object({
      traceId: z.string().min(1).max(200),
      /** When it was, about, such as the time of one of its turns: by that an old one is found sooner. */
      near: Timestamp.optional(),
    }),
    output: Trace,
  }),
  conversations: route({
    method: 'GET',
    path: '/conversations',
    permission: 'telemetry:read',
    summary: 'Conversations of bots, those last heard of first',
    input: PageInput.extend({ botId: Id.optional(), channel: z.string().max(50).optional() }),
    output: feedOf(Conversation),
  }),
  conversation: route({
    method: 'GET',
    path: '/bots/{botId}/conversation',
    permission: 'telemetry:read',
    summary: 'One conversation, its turns with what happened in each, the latest first',
    input: PageInput.extend({ botId: Id, session: z.string().min(1).max(500) }),
    output: feedOf(ConversationTurn).extend({ conversation: Conversation }),
  }),
  messages: route({
    method: 'GET',
    path: '/usage/messages',
    permission: 'telemetry:read',
    summary: 'Messages of each bot and channel, how quickly and how well they were answered',
    input: Grouped,
    output: overviewOf(MessageUse),
  }),
  tools: route({
    method: 'GET',
    path: '/usage/tools',
    permission: 'telemetry:read',
    summary: 'How bots use their tools, and how well it goes',
    input: Grouped.extend({ tool: z.string().max(200).optional() }),
    output: overviewOf(ToolUse),
  }),
  loops: route({
    method: 'GET',
    path: '/usage/loops',
    permission: 'telemetry:read',
    summary: 'Turns that went in circles, the latest first',
    input: Grouped,
    /** The latest 100 at most. */
    output: z.object({ items: z.array(Loop) }),
  }),
  crossCheck: route({
    method: 'GET',
    path: '/usage/cross-check',
    permission: 'telemetry:read',
    summary: 'What the model gateway counted against what OpenClaw says it used',
    input: Grouped,
    output: z.object({ ...counted, items: z.array(CrossCheck) }),
  }),
};
