import { z } from 'zod';
import { ChannelKind, ChannelOverrides, ChannelSettings } from './channel-settings.ts';
import { LayerSelector } from './profile.ts';
import { Id, Timestamp } from './page.ts';

export const ChannelName = z.string().trim().min(1, 'Name the channel, such as Support').max(80);

/** The outcome of asking the service with the credentials: what was tried, what came back, what to do. */
export const ChannelCheck = z.object({
  ok: z.boolean(),
  message: z.string(),
  /** The service answered, and did not take the credentials. */
  refused: z.boolean().optional(),
  /** Whom the service knows the bot as. */
  account: z.string().optional(),
  checkedAt: Timestamp,
});
export type ChannelCheck = z.infer<typeof ChannelCheck>;

/** A credential as it is given: a value that is kept as a secret of its own, or one that is kept already. */
const Credential = z.union([
  z.object({ value: z.string().trim().min(1, 'Enter the token').max(4_000) }),
  z.object({ secretId: Id }),
]);
/** By field: `bot-token`; for Slack `app-token` too. WhatsApp has none: it is linked by a code that a phone scans. */
export const ChannelCredentials = z.strictObject({
  'bot-token': Credential.optional(),
  'app-token': Credential.optional(),
});
export type ChannelCredentials = z.infer<typeof ChannelCredentials>;

/** Which bots answer by a channel: one by name, or all with these labels. */
export const ChannelAttachment = z.object({
  id: Id,
  botId: Id.optional(),
  botName: z.string().optional(),
  selector: LayerSelector.optional(),
  settings: ChannelOverrides,
});
export type ChannelAttachment = z.infer<typeof ChannelAttachment>;

/** How a bot's connection was last seen by its own supervisor; `unknown`: nothing was heard lately. */
export const ChannelStatus = z.object({
  state: z.enum([
    'connected',
    'connecting',
    'disconnected',
    'not-linked',
    'blocked',
    'missing-plugin',
    'stopped',
    'unknown',
  ]),
  detail: z.string(),
  seenAt: Timestamp.optional(),
  lastInboundAt: Timestamp.optional(),
  lastOutboundAt: Timestamp.optional(),
  linkedAs: z.string().optional(),
});
export type ChannelStatus = z.infer<typeof ChannelStatus>;

export const Channel = z.object({
  id: Id,
  name: ChannelName,
  kind: ChannelKind,
  settings: ChannelSettings,
  /** Which secret is behind which field. */
  secrets: z.array(z.object({ field: z.string(), secretId: Id, name: z.string(), version: z.int() })),
  check: ChannelCheck.optional(),
  attachments: z.array(ChannelAttachment),
  botCount: z.int(),
  createdAt: Timestamp,
  updatedAt: Timestamp,
});
export type Channel = z.infer<typeof Channel>;

/** A channel as one bot has it. */
export const BotChannel = z.object({
  channelId: Id,
  name: z.string(),
  kind: ChannelKind,
  /** As they hold for this bot. */
  settings: ChannelSettings,
  attachmentId: Id,
  /** Where it is attached by labels, those. */
  selector: LayerSelector.optional(),
  status: ChannelStatus,
});
export type BotChannel = z.infer<typeof BotChannel>;

/** Someone who wrote to a bot and waits to be let in. */
export const ChannelPairing = z.object({
  requestId: z.string(),
  kind: ChannelKind,
  account: z.string(),
  senderId: z.string(),
  senderName: z.string().optional(),
  requestedAt: Timestamp.optional(),
});
export type ChannelPairing = z.infer<typeof ChannelPairing>;

/** The code to scan with a phone, as a picture in a `data:` URL, or why there is none. */
export const ChannelLogin = z.object({
  connected: z.boolean(),
  message: z.string(),
  qrDataUrl: z.string().optional(),
});
export type ChannelLogin = z.infer<typeof ChannelLogin>;

/** What a messaging service is asked with. */
export const channelConnection = {
  kind: ChannelKind,
  settings: ChannelSettings.prefault({}),
  credentials: ChannelCredentials.default({}),
};
export const CreateChannel = z.object({ name: ChannelName, ...channelConnection });
export type CreateChannel = z.infer<typeof CreateChannel>;
