import { type ChannelAccount, ChannelsStatus } from '@clawster/gateway/channel-protocol';
import type { ChannelKind } from '@clawster/link/channel';
import { channelLabel } from '../channels/channel-states.ts';
import type { Running } from '../gateway/bring-up.ts';
import { answersUnderWay } from './answers-under-way.ts';
import type { Change, Finding } from './prove-credential.ts';

/**
 * Asks the channel's other side, through the gateway. A value that took another's place is proven by a connection that began
 * since, and once the answers are out that would still go with the one before: then that one may be revoked.
 */
export async function askChannel(running: Running, channel: ChannelKind, change: Change): Promise<Finding> {
  const label = channelLabel(channel);
  const client = await running.link.client(20_000, running.gone);
  if (change.since > 0) change.unsent ??= await answersUnderWay(client, channel);
  const said = await client.call('channels.status', { probe: true }, { timeoutMs: 60_000, signal: running.gone });
  const accounts = (ChannelsStatus.parse(said).channelAccounts[channel] ?? []).filter(
    ({ enabled }) => enabled !== false,
  );
  const [first] = accounts;
  if (!first) return { outcome: 'open', text: `OpenClaw does not know ${label}: its plugin is missing` };
  const refused = accounts.find(isRefused);
  if (refused) return { outcome: 'refused', text: `${label} refused the value: ${reasonOf(refused)}. Replace it` };
  const away = accounts.find((account) => account.connected !== true || account.probe?.ok === false);
  if (away) return { outcome: 'open', text: `${label} is not connected with it: ${reasonOf(away)}` };
  if (accounts.some(({ lastStartAt }) => (lastStartAt ?? 0) < change.since))
    return { outcome: 'open', text: `${label} still runs with the value before` };
  if (change.unsent && change.unsent.size > 0) {
    const busy = await answersUnderWay(client, channel);
    change.unsent = new Set([...change.unsent].filter((key) => busy.has(key)));
    return {
      outcome: 'open',
      text: `${label} is connected with it; answers are still on their way with the value before`,
    };
  }
  return { outcome: 'proven', text: `${label} is connected with it` };
}

function isRefused({ lifecycle, probe }: ChannelAccount): boolean {
  return probe?.status === 401 || probe?.status === 403 || (lifecycle === 'blocked' && probe?.ok !== true);
}

function reasonOf({ lastError, probe, stateReason, lifecycle }: ChannelAccount): string {
  return probe?.error ?? lastError ?? stateReason ?? lifecycle ?? 'OpenClaw does not say why';
}
