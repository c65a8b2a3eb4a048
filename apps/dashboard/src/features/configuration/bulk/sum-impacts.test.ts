import type { BotImpact, Impact } from '@clawster/contract/configuration';
import { expect, test } from 'vitest';
import { sumImpacts } from './sum-impacts.ts';

const on = (botName: string, reload: 'hot' | 'restart'): Impact => ({
  concerned: 1,
  changed: 1,
  hot: reload === 'hot' ? 1 : 0,
  restart: reload === 'restart' ? 1 : 0,
  refused: 0,
  bots: [{ botId: botName, botName, changes: [], changeCount: 1, reload, issues: [] }],
});
const issues: BotImpact['issues'] = [{ path: '', message: 'It is held still' }];
const refused: Impact = {
  concerned: 1,
  changed: 0,
  hot: 0,
  restart: 0,
  refused: 1,
  bots: [{ botId: 'held', botName: 'held', changes: [], changeCount: 0, reload: 'none', issues }],
};
const same: Impact = { concerned: 1, changed: 0, hot: 0, restart: 0, refused: 0, bots: [] };

test('what changes of many bots come to is one impact, in which those that are refused stand first', () => {
  const sum = sumImpacts([on('one', 'hot'), same, on('two', 'restart'), refused]);
  expect(sum).toMatchObject({ concerned: 4, changed: 2, hot: 1, restart: 1, refused: 1 });
  expect(sum.bots.map(({ botName }) => botName)).toEqual(['held', 'one', 'two']);
});
