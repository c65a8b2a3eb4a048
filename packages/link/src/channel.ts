import { z } from 'zod';

/** A way to people from outside; OpenClaw has Telegram built in, the others are plugins of its. */
export const ChannelKind = z.enum(['telegram', 'slack', 'discord', 'whatsapp']);
export type ChannelKind = z.infer<typeof ChannelKind>;

const timestamp = z.iso.datetime({ offset: true });

/** How one account of a channel was last seen; `connected` is what OpenClaw says of the connection, never of its process. */
export const ChannelState = z.object({
  channel: ChannelKind,
  account: z.string(),
  connected: z.boolean(),
  /** `not-linked`: a person has to scan its code first. `blocked`: OpenClaw does not let its plugin run. */
  state: z.enum(['connected', 'connecting', 'disconnected', 'not-linked', 'blocked', 'missing-plugin']),
  /** A sentence for people. */
  detail: z.string(),
  checkedAt: timestamp,
  lastInboundAt: timestamp.optional(),
  lastOutboundAt: timestamp.optional(),
  /** Whom it is on the other side: a name, or a number. */
  linkedAs: z.string().optional(),
});
export type ChannelState = z.infer<typeof ChannelState>;

/** What a secret is for on the bot's host: `index` counts the models, the first is 0. */
export const CredentialUse = z.union([
  z.object({ kind: z.literal('channel'), channel: ChannelKind }),
  z.object({ kind: z.literal('model'), index: z.int() }),
]);
export type CredentialUse = z.infer<typeof CredentialUse>;

/** Telegram's Bot API, and the token of the bot's account there: it stays with the supervisor. */
export const TelegramUpstream = z.object({ apiRoot: z.string(), token: z.string() });
export type TelegramUpstream = z.infer<typeof TelegramUpstream>;

/** Which version of which named secret is behind a use. */
export const Credential = z.object({ secretId: z.string(), version: z.int(), use: CredentialUse });
export type Credential = z.infer<typeof Credential>;

/** Whether the other side was seen to take this version of a secret. */
export const CredentialProof = z.object({
  secretId: z.string(),
  version: z.int(),
  ok: z.boolean(),
  /** A sentence for people. */
  text: z.string(),
  at: timestamp,
});
export type CredentialProof = z.infer<typeof CredentialProof>;

/** Someone who wrote to the bot and waits to be let in. */
export const PairingRequest = z.object({
  requestId: z.string(),
  channel: ChannelKind,
  account: z.string(),
  senderId: z.string(),
  senderName: z.string().optional(),
  requestedAt: timestamp.optional(),
});
export type PairingRequest = z.infer<typeof PairingRequest>;

const account = { channel: ChannelKind, account: z.string().optional() };
const login = { connected: z.boolean().optional(), message: z.string(), qrDataUrl: z.string().optional() };

/** What is asked of a supervisor about the channels of its bot while the gateway runs. */
export const channelMethods = {
  /** Answers with the code to scan, or with why there is none. */
  'channel.login.start': { params: z.object({ ...account, force: z.boolean().optional() }), result: z.object(login) },
  /** Answers when the code was scanned, is replaced by another, or the time is over. */
  'channel.login.wait': {
    params: z.object({
      ...account,
      timeoutMs: z.int().min(1).max(120_000),
      /** The code that is shown: another one is answered at once. */
      currentQrDataUrl: z.string().optional(),
    }),
    result: z.object({ ...login, connected: z.boolean() }),
  },
  'channel.logout': {
    params: z.object(account),
    result: z.object({ loggedOut: z.boolean(), message: z.string() }),
  },
  /** Looks at the other side now, instead of when it is next due. */
  'channel.probe': { params: z.object({}), result: z.object({ channels: z.array(ChannelState) }) },
  'channel.pairings': { params: z.object({}), result: z.object({ requests: z.array(PairingRequest) }) },
  'channel.pairing.decide': {
    params: z.object({
      requestId: z.string(),
      decision: z.enum(['approve', 'dismiss']),
      channel: ChannelKind,
      account: z.string(),
    }),
    result: z.object({}),
  },
} as const;
