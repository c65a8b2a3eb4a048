import type { CrossCheck } from '@clawster/contract/trace';
import { describe, expect, test } from 'vitest';
import { sayDifferences } from './say-cross-check.ts';

const agreeing: CrossCheck = {
  botId: '11111111-1111-4111-8111-111111111111',
  gateway: { calls: 3, inputTokens: 900, outputTokens: 100 },
  openclaw: { calls: 3, inputTokens: 900, outputTokens: 100 },
  unused: 0,
  unseen: 0,
  dropped: 0,
};

describe('what differs between the model gateway and OpenClaw', () => {
  test('nothing is said where they agree, whatever was asked besides', () =>
    expect(sayDifferences({ ...agreeing, unused: 7 })).toEqual([]));

  test.each([
    [
      { gateway: { calls: 4, inputTokens: 1_900, outputTokens: 100 } },
      ['The model gateway counted 1,000 tokens more than OpenClaw says it used.'],
    ],
    [
      { openclaw: { calls: 4, inputTokens: 901, outputTokens: 100 }, unseen: 1 },
      [
        '1 answer never passed the model gateway: what they cost is missing here.',
        'OpenClaw says it used 1 token more than the model gateway counted.',
      ],
    ],
    [{ dropped: 12 }, ['Its host had no room for 12 records: they are missing here.']],
  ])('is told in words: %j', (change, said) => expect(sayDifferences({ ...agreeing, ...change })).toEqual(said));
});
