import { ChannelLogout, ChannelsStatus, PairingList, WebLogin } from '@clawster/gateway/channel-protocol';
import { GatewayError } from '@clawster/gateway/gateway-error';
import { ChannelKind, type channelMethods, type PairingRequest } from '@clawster/link/channel';
import type { Running } from '../gateway/bring-up.ts';
import { operatorOf, runningOrThrow } from '../gateway/operator.ts';
import { type Handlers, SupervisorRefusal } from '../link/serve-request.ts';
import { channelLabel, channelStatesOf } from './channel-states.ts';

/** OpenClaw is given this much time to fetch a code; it knows by then whether the other side can be reached. */
const codeMsMax = 30_000;

/** How requests about the bot's channels are carried out by the gateway that runs. */
export function createChannelMethods(running: () => Running | undefined): Pick<Handlers, keyof typeof channelMethods> {
  const call = async (method: string, params: Record<string, unknown>, timeoutMs = 30_000): Promise<unknown> => {
    const client = await operatorOf(runningOrThrow(running()));
    return client.call(method, params, { timeoutMs }).catch(refuse);
  };
  return {
    'channel.login.start': async ({ channel, account, force }) => {
      needsLogin(channel);
      const params = { channel, ...accountId(account), ...(force ? { force } : {}), timeoutMs: codeMsMax };
      return WebLogin.parse(await call('web.login.start', params, codeMsMax + 30_000));
    },
    'channel.login.wait': async ({ channel, account, ...wait }) => {
      needsLogin(channel);
      const params = { channel, ...accountId(account), ...wait };
      const login = WebLogin.parse(await call('web.login.wait', params, wait.timeoutMs + 30_000));
      return { ...login, connected: login.connected ?? false };
    },
    'channel.logout': async ({ channel, account }) => {
      const said = await call('channels.logout', { channel, ...accountId(account) });
      const { cleared, loggedOut = cleared } = ChannelLogout.parse(said);
      const label = channelLabel(channel);
      return { loggedOut, message: loggedOut ? `${label} is logged out` : `${label} was not logged in` };
    },
    'channel.probe': async () => {
      const status = ChannelsStatus.parse(await call('channels.status', { probe: true }, 60_000));
      return { channels: channelStatesOf(status, running()?.applied.channels ?? [], new Date()) };
    },
    'channel.pairings': async () => ({ requests: pairingsOf(await call('channels.pairing.list', {})) }),
    'channel.pairing.decide': async ({ requestId, decision, channel, account }) => {
      const params = { channel, accountId: account, requestId };
      // Who is let in is told so; who is dismissed hears nothing.
      if (decision === 'approve') await call('channels.pairing.approve', { ...params, notify: true });
      else await call('channels.pairing.dismiss', params);
      return {};
    },
  };
}

function needsLogin(channel: ChannelKind): void {
  if (channel !== 'whatsapp')
    throw new SupervisorRefusal('refused', `${channelLabel(channel)} has no code to scan; it signs in with its token`);
}

function accountId(account: string | undefined) {
  return account === undefined ? {} : { accountId: account };
}

function pairingsOf(said: unknown): PairingRequest[] {
  return PairingList.parse(said).requests.flatMap(
    ({ channel, accountId: account, metadata, createdAt, ...request }) => {
      const known = ChannelKind.safeParse(channel);
      if (!known.success) return [];
      const name = [metadata?.['name'], metadata?.['firstName'], metadata?.['username']].find(isText);
      return {
        requestId: request.requestId,
        senderId: request.senderId,
        channel: known.data,
        account,
        ...(name ? { senderName: name } : {}),
        requestedAt: createdAt,
      };
    },
  );
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}

/** What OpenClaw refuses is told as it says it; anything else is trouble. */
function refuse(error: unknown): never {
  if (error instanceof GatewayError && error.code === 'INVALID_REQUEST')
    throw new SupervisorRefusal('refused', `OpenClaw refuses: ${error.message}`, { cause: error });
  throw error;
}
