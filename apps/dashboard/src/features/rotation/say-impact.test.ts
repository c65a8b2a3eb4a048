import type { SecretImpact } from '@clawster/contract/rotation';
import { expect, test } from 'vitest';
import { sayImpact } from './say-impact.ts';

const uses: SecretImpact['uses'] = [{ kind: 'channel', id: '1', name: 'Support line', field: 'bot-token' }];
const bot = (wave: number, running = true): SecretImpact['bots'][number] => ({
  botId: String(wave),
  botName: `bot-${wave}`,
  running,
  uses,
  reload: 'hot',
  interruption: 'Some seconds: it connects anew',
  wave,
});
const counts = { bots: 0, running: 0, hot: 0, restart: 0, channels: 1 };

test('what nothing uses touches nothing', () =>
  expect(sayImpact({ uses: [], counts: { ...counts, channels: 0 }, bots: [] })).toEqual([
    'Nothing uses it: no bot is touched.',
  ]));

test('an interruption that many bots share is said once, and waves only where there are several', () => {
  const both = sayImpact({ uses, counts: { ...counts, bots: 2, running: 2, hot: 2 }, bots: [bot(1), bot(2)] });
  expect(both).toContain('They get it in 2 waves: the next one follows when the one before has proven it.');
  expect(both.filter((sentence) => sentence.includes('Interruption'))).toEqual([
    'Interruption: some seconds; it connects anew.',
  ]);
  const one = sayImpact({ uses, counts: { ...counts, bots: 1, running: 1, hot: 1 }, bots: [bot(1)] });
  expect(one.join(' ')).not.toContain('waves');
});

test('a bot at rest is not interrupted', () =>
  expect(sayImpact({ uses, counts: { ...counts, bots: 1 }, bots: [bot(1, false)] }).join(' ')).not.toContain(
    'Interruption',
  ));
