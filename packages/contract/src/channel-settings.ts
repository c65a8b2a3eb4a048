import { z } from 'zod';

/** A way to people from outside. */
export const channelKinds = ['telegram', 'slack', 'discord', 'whatsapp'] as const;
export const ChannelKind = z.enum(channelKinds);
export type ChannelKind = z.infer<typeof ChannelKind>;

const peers = z.array(z.string().trim().min(1).max(120)).max(200);

const settings = {
  /** Who may write to the bot alone. `pairing`: whoever is let in when they ask; `allowlist`: whom `allowFrom` names. */
  dmPolicy: z.enum(['pairing', 'allowlist', 'open', 'disabled']),
  /** As the service knows people: Telegram and Discord by number, Slack by member id, WhatsApp by phone number. */
  allowFrom: peers,
  /** Where the bot answers among many: in those that `groups` names, in all it is in, or nowhere. */
  groupPolicy: z.enum(['allowlist', 'open', 'disabled']),
  /** Telegram groups, Slack channels, Discord servers, WhatsApp groups; by id. */
  groups: peers,
  /** Among many, it answers only whoever speaks to it by name. */
  requireMention: z.boolean(),
  /** Telegram alone: a Bot API server of one's own. */
  apiRoot: z
    .url({ protocol: /^https?$/, error: 'Enter the address of a Bot API server, such as https://api.telegram.org' })
    .max(300),
};

/** What holds for every bot of a channel that does not differ. */
export const ChannelSettings = z.strictObject({
  dmPolicy: settings.dmPolicy.default('pairing'),
  allowFrom: settings.allowFrom.default([]),
  groupPolicy: settings.groupPolicy.default('disabled'),
  groups: settings.groups.default([]),
  requireMention: settings.requireMention.default(true),
  apiRoot: settings.apiRoot.optional(),
});
export type ChannelSettings = z.infer<typeof ChannelSettings>;

/** What a bot does otherwise than its channel says; what is absent is as there. */
export const ChannelOverrides = z.strictObject(settings).omit({ apiRoot: true }).partial();
export type ChannelOverrides = z.infer<typeof ChannelOverrides>;
