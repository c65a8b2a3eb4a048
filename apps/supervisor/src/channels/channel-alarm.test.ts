import type { ChannelState } from '@clawster/link/channel';
import { expect, test } from 'vitest';
import { createChannelAlarm, reconnectMsMax } from './channel-alarm.ts';

const state = (change: Partial<ChannelState>): ChannelState => ({
  channel: 'telegram',
  account: 'default',
  connected: false,
  state: 'disconnected',
  detail: 'Telegram is not connected',
  checkedAt: '2026-11-27T00:00:00Z',
  ...change,
});
const connected = state({ connected: true, state: 'connected' });

test('a channel that connects anew in time is no alarm', () => {
  const alarm = createChannelAlarm();
  expect(alarm.judge([connected], 0)).toMatchObject({ states: [{ state: 'connected' }], sentence: undefined });
  expect(alarm.judge([state({})], 1_000)).toMatchObject({ states: [{ state: 'connecting' }], sentence: undefined });
  expect(alarm.judge([connected], reconnectMsMax)).toMatchObject({ sentence: undefined });
  expect(alarm.judge([state({})], reconnectMsMax + 1_500)).toMatchObject({ sentence: undefined });
});

test('a channel that stays away is one, whether it says that it connects or not', () => {
  const alarm = createChannelAlarm();
  alarm.judge([state({})], 0);
  expect(alarm.judge([state({ state: 'connecting' })], reconnectMsMax)).toMatchObject({
    states: [{ state: 'disconnected' }],
    sentence: 'Telegram is not connected',
  });
});

test.each(['not-linked', 'blocked', 'missing-plugin'] as const)('%s is one at once', (lasting) => {
  const judged = createChannelAlarm().judge([state({ state: lasting }), connected], 0);
  expect(judged).toMatchObject({ states: [{ state: lasting }, { state: 'connected' }] });
  expect(judged.sentence).toBe('Telegram is not connected');
});
