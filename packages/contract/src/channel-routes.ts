import { z } from 'zod';
import {
  BotChannel,
  Channel,
  channelConnection,
  ChannelCheck,
  ChannelCredentials,
  ChannelLogin,
  ChannelName,
  ChannelPairing,
  CreateChannel,
} from './channel.ts';
import { ChannelKind, ChannelOverrides, ChannelSettings } from './channel-settings.ts';
import { Empty, Id, PageInput, pageOf } from './page.ts';
import { LayerSelector } from './profile.ts';
import { route } from './route.ts';

const One = z.object({ channelId: Id });
const OneOfBot = z.object({ botId: Id, channelId: Id });

export const channels = {
  list: route({
    method: 'GET',
    path: '/channels',
    permission: 'connector:read',
    summary: 'Channels of the workspace by name',
    input: PageInput.extend({ search: z.string().trim().max(100).optional() }),
    output: pageOf(Channel),
  }),
  get: route({
    method: 'GET',
    path: '/channels/{channelId}',
    permission: 'connector:read',
    summary: 'One channel',
    input: One,
    output: Channel,
  }),
  test: route({
    method: 'POST',
    path: '/channels/test',
    permission: 'connector:manage',
    summary: 'Ask a messaging service with these credentials; nothing is saved',
    input: z.object(channelConnection),
    output: ChannelCheck,
  }),
  create: route({
    method: 'POST',
    path: '/channels',
    permission: 'connector:manage',
    summary:
      'Add a channel; the service is asked first, and it is refused if the service does not take its credentials',
    input: CreateChannel,
    output: Channel,
  }),
  update: route({
    method: 'PATCH',
    path: '/channels/{channelId}',
    permission: 'connector:manage',
    summary: 'Change a channel; its bots take it over. New credentials are tried first, and reach every bot at once',
    input: One.extend({
      name: ChannelName.optional(),
      settings: ChannelSettings.optional(),
      credentials: ChannelCredentials.default({}),
    }),
    output: Channel,
  }),
  check: route({
    method: 'POST',
    path: '/channels/{channelId}/check',
    permission: 'connector:manage',
    summary: 'Ask the messaging service anew with the credentials that are kept',
    input: One,
    output: Channel,
  }),
  delete: route({
    method: 'DELETE',
    path: '/channels/{channelId}',
    permission: 'connector:manage',
    summary: 'Delete a channel that no bot has, with the secrets that nothing else uses',
    input: One,
    output: Empty,
  }),
  attach: route({
    method: 'POST',
    path: '/channels/{channelId}/attachments',
    permission: 'connector:manage',
    summary: 'Have a bot, or all with these labels, answer by a channel',
    input: One.extend({
      botId: Id.optional(),
      selector: LayerSelector.optional(),
      settings: ChannelOverrides.default({}),
    }),
    output: Channel,
  }),
  updateAttachment: route({
    method: 'PATCH',
    path: '/channels/{channelId}/attachments/{attachmentId}',
    permission: 'connector:manage',
    summary: 'Change what a bot does otherwise than its channel says',
    input: One.extend({ attachmentId: Id, settings: ChannelOverrides }),
    output: Channel,
  }),
  detach: route({
    method: 'DELETE',
    path: '/channels/{channelId}/attachments/{attachmentId}',
    permission: 'connector:manage',
    summary: 'Take a channel from a bot, or from those with these labels',
    input: One.extend({ attachmentId: Id }),
    output: Channel,
  }),
  ofBot: route({
    method: 'GET',
    path: '/bots/{botId}/channels',
    permission: 'bot:read',
    summary: 'The channels of a bot, and how each was last seen',
    input: z.object({ botId: Id }),
    output: z.object({ items: z.array(BotChannel) }),
  }),
  probe: route({
    method: 'POST',
    path: '/bots/{botId}/channels/probe',
    permission: 'bot:operate',
    summary: 'Have a running bot look at its channels now',
    input: z.object({ botId: Id }),
    output: z.object({ items: z.array(BotChannel) }),
  }),
  startLogin: route({
    method: 'POST',
    path: '/bots/{botId}/channels/{channelId}/login',
    permission: 'connector:manage',
    summary: 'Get the code by which a phone links a bot to WhatsApp',
    input: OneOfBot.extend({ force: z.boolean().default(false) }),
    output: ChannelLogin,
  }),
  waitLogin: route({
    method: 'POST',
    path: '/bots/{botId}/channels/{channelId}/login/wait',
    permission: 'connector:manage',
    summary: 'Wait until the code was scanned or another takes its place, for half a minute at most',
    input: OneOfBot.extend({ qrDataUrl: z.string().max(100_000).optional() }),
    output: ChannelLogin,
  }),
  logout: route({
    method: 'POST',
    path: '/bots/{botId}/channels/{channelId}/logout',
    permission: 'connector:manage',
    summary: 'End the link of a bot to WhatsApp: it is to be paired anew',
    input: OneOfBot,
    output: z.object({ message: z.string() }),
  }),
  pairings: route({
    method: 'GET',
    path: '/bots/{botId}/pairings',
    permission: 'bot:operate',
    summary: 'Who wrote to a bot and waits to be let in',
    input: z.object({ botId: Id }),
    output: z.object({ items: z.array(ChannelPairing) }),
  }),
  decidePairing: route({
    method: 'POST',
    path: '/bots/{botId}/pairings',
    permission: 'bot:operate',
    summary: 'Let someone in who wrote to a bot, or turn them away',
    input: z.object({
      botId: Id,
      requestId: z.string().min(1).max(200),
      kind: ChannelKind,
      account: z.string().max(200),
      decision: z.enum(['approve', 'dismiss']),
    }),
    output: Empty,
  }),
};
