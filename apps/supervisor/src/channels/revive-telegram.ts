import { ChannelsStatus } from '@clawster/gateway/channel-protocol';
import type { Configure } from '@clawster/link/supervisor-methods';
import type { Running } from '../gateway/bring-up.ts';

/**
 * OpenClaw gives an account up whose token was refused, and does not see that the relay has another one by now: it is begun
 * anew. One that is connected goes on as it is.
 */
export async function reviveTelegram(
  running: Running,
  { wanted, signal }: { wanted: Configure; signal: AbortSignal },
): Promise<void> {
  const { telegram } = wanted;
  if (!telegram || running.applied.telegram?.token === telegram.token) return;
  const client = await running.link.client(60_000, signal);
  const { channelAccounts } = ChannelsStatus.parse(await client.call('channels.status', {}));
  const accounts = channelAccounts['telegram'] ?? [];
  if (accounts.every(({ connected }) => connected === true)) return;
  await client.call('channels.stop', { channel: 'telegram' });
  await client.call('channels.start', { channel: 'telegram' });
}
