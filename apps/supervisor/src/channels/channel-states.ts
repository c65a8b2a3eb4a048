import type { ChannelAccount, ChannelsStatus } from '@clawster/gateway/channel-protocol';
import type { ChannelKind, ChannelState } from '@clawster/link/channel';

const labels: Record<ChannelKind, string> = {
  telegram: 'Telegram',
  slack: 'Slack',
  discord: 'Discord',
  whatsapp: 'WhatsApp',
};

/** A channel as people call it. */
export function channelLabel(channel: ChannelKind): string {
  return labels[channel];
}

/** Tells one account of one channel from all others. */
export function accountKey({ channel, account }: ChannelState): string {
  return `${channel} ${account}`;
}

/** Each account of each of these channels as OpenClaw sees it; a channel that OpenClaw does not know lacks its plugin. */
export function channelStatesOf(status: ChannelsStatus, channels: readonly ChannelKind[], now: Date): ChannelState[] {
  return channels.flatMap((channel): ChannelState[] => {
    const accounts = (status.channelAccounts[channel] ?? []).filter(({ enabled }) => enabled !== false);
    if (accounts.length === 0) return [missing(channel, now)];
    return accounts.map((account) => ({
      channel,
      account: account.accountId,
      connected: account.connected === true,
      state: stateOf(account),
      detail: detailOf({ channel, account, issue: issueOf(status, channel, account.accountId) }),
      checkedAt: now.toISOString(),
      ...timeOf('lastInboundAt', account.lastInboundAt),
      ...timeOf('lastOutboundAt', account.lastOutboundAt),
      ...linkedAs(account),
    }));
  });
}

function missing(channel: ChannelKind, now: Date): ChannelState {
  return {
    channel,
    account: 'default',
    connected: false,
    state: 'missing-plugin',
    detail: `${channelLabel(channel)} waits for its plugin, which is added to the bot once it is downloaded`,
    checkedAt: now.toISOString(),
  };
}

/** `running` says nothing: the task of a channel also runs while it tries in vain. */
function stateOf({ connected, lifecycle, linked }: ChannelAccount): ChannelState['state'] {
  if (connected === true) return 'connected';
  if (lifecycle === 'blocked') return 'blocked';
  if (linked === false) return 'not-linked';
  return lifecycle === 'starting' ? 'connecting' : 'disconnected';
}

type Told = { channel: ChannelKind; account: ChannelAccount; issue: string | undefined };

function detailOf({ channel, account, issue }: Told): string {
  const label = channelLabel(channel);
  const state = stateOf(account);
  if (state === 'connected') return `${label} is connected`;
  if (state === 'not-linked') return `${label} is not linked yet. Scan its code with the phone`;
  const reason = issue ?? account.lastError ?? account.probe?.error ?? account.stateReason;
  const what = state === 'blocked' ? 'was not let in' : state === 'connecting' ? 'is connecting' : 'is not connected';
  return `${label} ${what}${reason ? `: ${reason}` : ''}`;
}

function issueOf({ statusIssues }: ChannelsStatus, channel: ChannelKind, account: string): string | undefined {
  const issue = statusIssues.find((one) => one.channel === channel && one.accountId === account);
  return issue && [issue.message, issue.fix].filter(Boolean).join(' ');
}

function timeOf(name: 'lastInboundAt' | 'lastOutboundAt', at: number | null | undefined) {
  return at ? { [name]: new Date(at).toISOString() } : {};
}

function linkedAs({ probe, bot, self }: ChannelAccount): { linkedAs?: string } {
  const name = self?.e164 ?? (bot ?? probe?.bot)?.username ?? (bot ?? probe?.bot)?.name;
  return name ? { linkedAs: name } : {};
}
