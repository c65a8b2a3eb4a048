import { z } from 'zod';

const moment = z.number().nullish();
const whom = z.object({ username: z.string().nullish(), name: z.string().nullish(), id: z.unknown() }).partial();

/** What OpenClaw says of one account of a channel. `running` is its task, which also runs while nothing is connected. */
export const ChannelAccount = z.object({
  accountId: z.string(),
  enabled: z.boolean().optional(),
  configured: z.boolean().optional(),
  connected: z.boolean().nullish(),
  running: z.boolean().nullish(),
  linked: z.boolean().nullish(),
  lifecycle: z.string().nullish(),
  stateReason: z.string().nullish(),
  lastError: z.string().nullish(),
  lastStartAt: moment,
  lastConnectedAt: moment,
  lastInboundAt: moment,
  lastOutboundAt: moment,
  probe: z
    .looseObject({
      ok: z.boolean().nullish(),
      error: z.string().nullish(),
      status: z.number().nullish(),
      bot: whom.nullish(),
    })
    .nullish(),
  bot: whom.nullish(),
  self: z.object({ e164: z.string().nullish(), jid: z.string().nullish() }).nullish(),
});
export type ChannelAccount = z.infer<typeof ChannelAccount>;

/** Answer to `channels.status`; a channel whose plugin is not there has no accounts. */
export const ChannelsStatus = z.object({
  channelAccounts: z.record(z.string(), z.array(ChannelAccount)),
  statusIssues: z
    .array(
      z.object({
        channel: z.string(),
        accountId: z.string(),
        kind: z.string(),
        message: z.string(),
        fix: z.string().optional(),
      }),
    )
    .default([]),
});
export type ChannelsStatus = z.infer<typeof ChannelsStatus>;

/** Answer to `web.login.start` and `web.login.wait`. */
export const WebLogin = z.object({
  message: z.string(),
  connected: z.boolean().optional(),
  qrDataUrl: z.string().optional(),
});

/** Answer to `channels.logout`; `loggedOut` is missing where a channel does not tell it apart from `cleared`. */
export const ChannelLogout = z.object({ cleared: z.boolean(), loggedOut: z.boolean().optional() });

/** Answer to `channels.pairing.list`. */
export const PairingList = z.object({
  requests: z.array(
    z.object({
      requestId: z.string(),
      channel: z.string(),
      accountId: z.string(),
      senderId: z.string(),
      metadata: z.record(z.string(), z.unknown()).optional(),
      createdAt: z.string(),
    }),
  ),
});
