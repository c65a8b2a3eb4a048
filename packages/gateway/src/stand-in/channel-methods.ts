import { z } from 'zod';
import { accountOf, isBlocked, type StandInChannel } from './channels.ts';
import type { Outcome } from './connection.ts';
import { invalid, ok } from './method.ts';
import type { Call, Method } from './method.ts';
import type { StandInState } from './state.ts';

const word = z.string().min(1);
const integer = z.custom<number>((value) => Number.isInteger(value), 'must be integer');
const request = { channel: word, accountId: word, requestId: word };
/** The smallest picture there is. */
const picture =
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

/** Channels: how they are, who is let in, and the code that links WhatsApp. */
export const channelMethods: Record<string, Method> = {
  'channels.status': {
    scope: 'read',
    params: z.strictObject({ probe: z.boolean().optional(), timeoutMs: integer.optional(), channel: word.optional() }),
    handle: tellStatus,
  },
  'channels.logout': {
    scope: 'admin',
    params: z.strictObject({ channel: word, accountId: z.string().optional() }),
    handle: logOut,
  },
  'channels.pairing.list': {
    scope: 'admin',
    params: z.strictObject({ channel: word.optional(), accountId: word.optional() }),
    handle: listWaiting,
  },
  'channels.pairing.approve': {
    scope: 'admin',
    params: z.strictObject({
      ...request,
      notify: z.boolean().optional(),
      bootstrapCommandOwner: z.boolean().optional(),
    }),
    handle: (call) => decide(call, { notification: 'sent', commandOwnerBootstrap: 'not-requested' }),
  },
  'channels.pairing.dismiss': {
    scope: 'admin',
    params: z.strictObject(request),
    handle: (call) => decide(call, {}),
  },
  'web.login.start': {
    scope: 'admin',
    params: z.strictObject({
      channel: word.optional(),
      force: z.boolean().optional(),
      timeoutMs: integer.optional(),
      verbose: z.boolean().optional(),
      accountId: z.string().optional(),
    }),
    handle: startLogin,
  },
  'web.login.wait': {
    scope: 'admin',
    params: z.strictObject({
      channel: word.optional(),
      sessionKey: word.optional(),
      timeoutMs: integer.optional(),
      accountId: z.string().optional(),
      currentQrDataUrl: z.string().optional(),
    }),
    handle: waitForLogin,
  },
};

/** The channel that is asked for, or all of them. */
function shownOf({ channels }: StandInState, asked: unknown): [string, StandInChannel][] | { unknown: string } {
  if (typeof asked !== 'string') return [...channels];
  const channel = channels.get(asked);
  return channel ? [[asked, channel]] : { unknown: asked };
}

function tellStatus({ params, state }: Call): Outcome {
  const shown = shownOf(state, params['channel']);
  if (!Array.isArray(shown)) return invalid(`unknown channel: ${shown.unknown}`);
  const accounts = shown.map(([name, channel]) => [name, [accountOf(channel, params['probe'] === true)]] as const);
  const blocked = shown.filter(([, channel]) => isBlocked(channel));
  return ok({
    ts: Date.now(),
    channels: Object.fromEntries(shown.map(([name]) => [name, { configured: true }])),
    channelAccounts: Object.fromEntries(accounts),
    statusIssues: blocked.map(([channel]) => ({
      channel,
      accountId: 'default',
      kind: 'runtime',
      message: 'Unauthorized',
      fix: 'resolve the reported channel error, then restart the channel',
    })),
  });
}

function logOut({ params, state }: Call): Outcome {
  const name = String(params['channel']);
  const channel = state.channels.get(name);
  if (!channel) return invalid('invalid channels.logout channel');
  const cleared = channel.linked === true;
  if (cleared) channel.linked = false;
  return ok({ channel: name, accountId: 'default', cleared, loggedOut: cleared });
}

function listWaiting({ params, state }: Call): Outcome {
  const shown = shownOf(state, params['channel']);
  if (!Array.isArray(shown)) return invalid(`Error: unknown pairing channel: ${shown.unknown}`);
  return ok({
    accounts: shown.map(([channel]) => ({
      channel,
      channelLabel: channel,
      accountId: 'default',
      notifySupported: true,
    })),
    requests: shown.flatMap(([channel, { waiting }]) => waiting.map((senderId) => requestOf(channel, senderId))),
    commandOwnerConfigured: false,
    limits: { pendingPerAccount: 3, ttlMs: 3_600_000 },
  });
}

function requestOf(channel: string, senderId: string) {
  const now = new Date().toISOString();
  const requestId = `${channel}-${senderId}`;
  return { requestId, channel, channelLabel: channel, accountId: 'default', senderId, createdAt: now, lastSeenAt: now };
}

function decide({ params, state }: Call, said: Record<string, unknown>): Outcome {
  const channel = state.channels.get(String(params['channel']));
  if (!channel) return invalid(`Error: unknown pairing channel: ${String(params['channel'])}`);
  const requestId = String(params['requestId']);
  const senderId = channel.waiting.find((one) => requestId === `${String(params['channel'])}-${one}`);
  if (senderId === undefined) return invalid('pending DM access request no longer exists');
  channel.waiting = channel.waiting.filter((one) => one !== senderId);
  return ok({ requestId, senderId, ...said });
}

function loginOf({ params, state }: Call): StandInChannel | Outcome {
  const provider = state.channels.get('whatsapp');
  if (!provider || (params['channel'] ?? 'whatsapp') !== 'whatsapp')
    return invalid('web login provider is not available');
  return provider;
}

function startLogin(call: Call): Outcome {
  const provider = loginOf(call);
  if ('ok' in provider) return provider;
  if (provider.linked && call.params['force'] !== true)
    return ok({ message: 'WhatsApp is already linked', connected: true });
  provider.linked = false;
  return ok({ message: 'Scan this code in WhatsApp', qrDataUrl: picture });
}

/** The person scans at once. */
function waitForLogin(call: Call): Outcome {
  const provider = loginOf(call);
  if ('ok' in provider) return provider;
  provider.linked = true;
  return ok({ connected: true, message: 'Linked' });
}
