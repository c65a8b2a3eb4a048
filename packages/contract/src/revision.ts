import { z } from 'zod';
import { Bot, BotSpec } from './bot.ts';
import { ValueChange } from './configuration.ts';
import { Document } from './document.ts';
import { Actor } from './event.ts';
import { LayerRef } from './layer.ts';
import { Id, PageInput, pageOf, Timestamp } from './page.ts';
import { route } from './route.ts';

export const RevisionCause = z.object({
  /** `bot`: the bot itself was changed; otherwise a layer of it, or what attaches layers to it. */
  kind: z.enum([
    'bot',
    'labels',
    'template',
    'profile',
    'overlay',
    'connector',
    'channel',
    'budget',
    'secret',
    'team',
    'rollback',
    'first',
  ]),
  id: z.string().optional(),
  name: z.string().optional(),
  /** Of the revision that was gone back to. */
  number: z.int().optional(),
});
export type RevisionCause = z.infer<typeof RevisionCause>;

/** What a bot was to be, by whose word and why. */
export const Revision = z.object({
  /** The bot's generation then. */
  number: z.int(),
  at: Timestamp,
  author: Actor,
  cause: RevisionCause,
  reason: z.string(),
  label: z.string().optional(),
  /** Whether a gateway was seen to be well with it; absent while that is not known. */
  verdict: z.enum(['good', 'bad']).optional(),
  verdictReason: z.string().optional(),
  /** Whether it is what the bot is to be now. */
  current: z.boolean(),
});
export type Revision = z.infer<typeof Revision>;

export const RevisionDetail = Revision.extend({
  spec: BotSpec,
  layers: z.array(LayerRef),
  document: Document,
  files: z.record(z.string(), z.string()),
});
export type RevisionDetail = z.infer<typeof RevisionDetail>;

const Number = z.coerce.number().int().min(1);
const One = z.object({ botId: Id, number: Number });

export const revisions = {
  list: route({
    method: 'GET',
    path: '/bots/{botId}/revisions',
    permission: 'bot:read',
    summary: 'What a bot was to be, newest first',
    input: PageInput.extend({ botId: Id }),
    output: pageOf(Revision),
  }),
  get: route({
    method: 'GET',
    path: '/bots/{botId}/revisions/{number}',
    permission: 'bot:read',
    summary: 'One revision, with the whole configuration',
    input: One,
    output: RevisionDetail,
  }),
  compare: route({
    method: 'GET',
    path: '/bots/{botId}/revisions/{number}/changes',
    permission: 'bot:read',
    summary: 'What differs between a revision and an earlier one, or the one before it',
    input: One.extend({ since: Number.optional() }),
    output: z.object({ since: z.int().optional(), changes: z.array(ValueChange) }),
  }),
  label: route({
    method: 'PUT',
    path: '/bots/{botId}/revisions/{number}/label',
    permission: 'bot:update',
    summary: 'Name a revision, such as before-the-launch; null takes the name away',
    input: One.extend({ label: z.string().trim().min(1).max(60).nullable() }),
    output: Revision,
  }),
  rollBack: route({
    method: 'POST',
    path: '/bots/{botId}/revisions/{number}/roll-back',
    permission: 'bot:update',
    summary: 'Make a bot again what it was; layers it shares with others stay as they are now',
    input: One.extend({ reason: z.string().trim().max(300).default('') }),
    output: Bot,
  }),
};
