import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ChannelsStatus, PairingList } from './channel-protocol.ts';
import { connectGateway, type GatewayClient } from './client.ts';
import type { GatewayUnderTest } from './conformance.ts';

/** A gateway under test that is on Telegram, and lets those in who are approved; `give` puts another value behind its token. */
export type ChannelGateway = GatewayUnderTest & { give(value: 'good' | 'refused'): void };

/** What every gateway we speak to must do with a channel, the stand-in included. */
export function describeChannels(
  name: string,
  start: () => Promise<ChannelGateway>,
  options: { startTimeoutMs?: number } = {},
): void {
  describe(`the channels of the gateway ${name}`, () => {
    let gateway: ChannelGateway;
    let client: GatewayClient;
    beforeAll(async () => {
      gateway = await start();
      client = await connectGateway(gateway);
    }, options.startTimeoutMs ?? 10_000);
    afterAll(async () => {
      client?.close();
      await gateway?.stop();
    }, 60_000);

    describeTokens(
      () => gateway,
      () => client,
    );

    test('who does not wait to be let in cannot be', async () => {
      expect(PairingList.parse(await client.call('channels.pairing.list', {})).requests).toEqual([]);
      const request = { channel: 'telegram', accountId: 'default', requestId: 'nothing' };
      for (const method of ['channels.pairing.approve', 'channels.pairing.dismiss'])
        await expect(client.call(method, request)).rejects.toThrow('pending DM access request no longer exists');
    });
  });
}

function describeTokens(gateway: () => ChannelGateway, client: () => GatewayClient): void {
  const status = async (params: Record<string, unknown> = {}) =>
    ChannelsStatus.parse(await client().call('channels.status', params));
  const account = async (params: Record<string, unknown> = {}) =>
    (await status(params)).channelAccounts['telegram']?.[0];
  const becomes = (expected: Record<string, unknown>) =>
    expect.poll(() => account(), { timeout: 30_000 }).toMatchObject(expected);

  test('a channel that is connected is told so, and as whom it is there when that is asked', async () => {
    await becomes({ accountId: 'default', connected: true, lifecycle: 'ready' });
    expect(await account()).not.toHaveProperty('probe');
    expect(await account({ probe: true })).toMatchObject({
      probe: { ok: true, bot: { username: expect.any(String) } },
    });
  });

  test('another value holds from the reload of the secrets on: the channel starts anew with it', async () => {
    const before = (await account())?.lastStartAt ?? Number.NaN;
    gateway().give('good');
    await client().call('secrets.reload', {});
    expect((await account())?.lastStartAt).toBeGreaterThan(before);
    await becomes({ connected: true });
  });

  test('a value that is refused blocks the channel with the reason, and the gateway calls itself not ready', async () => {
    gateway().give('refused');
    await client().call('secrets.reload', {});
    await becomes({ connected: false, lifecycle: 'blocked', lastError: expect.stringMatching(/unauthorized/i) });
    expect(await account({ probe: true })).toMatchObject({ probe: { ok: false, status: 401 } });
    expect((await status()).statusIssues).toMatchObject([{ channel: 'telegram', accountId: 'default' }]);
    const ready = await fetch(`http://127.0.0.1:${gateway().port}/readyz`);
    expect(await ready.json()).toMatchObject({ ready: false, failing: ['telegram'] });
    gateway().give('good');
    await client().call('secrets.reload', {});
    await becomes({ connected: true });
  });
}
