import { z } from 'zod';
import { UpdateBot } from './bot.ts';
import { Document, JsonValue } from './document.ts';
import { Explained, LayerRef } from './layer.ts';
import { ReloadKind } from './openclaw-schema.ts';
import { CreateOverlay, OverlayChanges } from './overlay.ts';
import { Id } from './page.ts';
import { CreateProfile, ProfileChanges } from './profile.ts';
import { route } from './route.ts';

/** What is wrong with what a bot's layers come to, and where. */
export const LayerIssue = z.object({ path: z.string(), message: z.string() });
export type LayerIssue = z.infer<typeof LayerIssue>;

/** A value that differs between two documents. Absent before: it is new; absent after: it is gone. */
export const ValueChange = z.object({
  path: z.string(),
  before: JsonValue.optional(),
  after: JsonValue.optional(),
  reload: ReloadKind.optional(),
});
export type ValueChange = z.infer<typeof ValueChange>;

/** What a bot's layers come to. */
export const Configuration = z.object({
  botId: Id,
  generation: z.int(),
  /** The layers it has, the lowest first. */
  layers: z.array(LayerRef),
  /** OpenClaw's configuration. `${clawster:…}` is filled in on the bot's host. */
  document: Document,
  /** The files of its workspace that the model is told: what it is sent of who the bot is. */
  files: z.record(z.string(), z.string()),
  explained: z.array(Explained),
  issues: z.array(LayerIssue),
});
export type Configuration = z.infer<typeof Configuration>;

/** What a change would bring about for one bot. */
export const BotImpact = z.object({
  botId: Id,
  botName: z.string(),
  /** What it comes to: of the document, and of the files the model is told. */
  changes: z.array(ValueChange),
  /** More than are listed. */
  changeCount: z.int(),
  reload: ReloadKind,
  issues: z.array(LayerIssue),
});
export type BotImpact = z.infer<typeof BotImpact>;

export const Impact = z.object({
  /** Bots the change concerns; of them those that change, how, and those that could not take it over. */
  concerned: z.int(),
  changed: z.int(),
  hot: z.int(),
  restart: z.int(),
  refused: z.int(),
  /** Those that change or are refused, by name; the first of them. */
  bots: z.array(BotImpact),
});
export type Impact = z.infer<typeof Impact>;

/** A change that is not made yet. `change` is absent where it is to be deleted. */
export const ProposedChange = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('bot'), botId: Id, change: UpdateBot.omit({ botId: true }) }),
  z.object({ kind: z.literal('profile'), profileId: Id, change: ProfileChanges.optional() }),
  z.object({ kind: z.literal('new-profile'), change: CreateProfile }),
  z.object({ kind: z.literal('overlay'), overlayId: Id, change: OverlayChanges.optional() }),
  z.object({ kind: z.literal('new-overlay'), change: CreateOverlay }),
]);
export type ProposedChange = z.infer<typeof ProposedChange>;

export const configurations = {
  get: route({
    method: 'GET',
    path: '/bots/{botId}/configuration',
    permission: 'bot:read',
    summary: 'What a bot’s layers come to, each value with why it is so',
    /** `path`: only what is at or below it, such as `openclaw.tools.allow`. */
    input: z.object({ botId: Id, path: z.string().max(300).optional() }),
    output: Configuration,
  }),
  preview: route({
    method: 'POST',
    path: '/configuration/preview',
    permission: 'bot:read',
    summary: 'Which bots a change would concern, and how; nothing is changed',
    input: z.object({ proposed: ProposedChange, limit: z.int().min(0).max(500).default(50) }),
    output: Impact,
  }),
};
