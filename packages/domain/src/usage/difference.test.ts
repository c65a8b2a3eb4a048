import { expect, test } from 'vitest';
import { differencesOf } from './difference.ts';

const at = (seconds: number) => new Date(seconds * 1000).toISOString();
const one = (responseId: string | undefined, inputTokens: number, seconds = 0, botId = 'a') => ({
  botId,
  responseId,
  at: at(seconds),
  inputTokens,
  outputTokens: 5,
});
const counted = (inputTokens: number) => ({ inputTokens, outputTokens: 5 });

test.each([
  ['both count the same', [one('r', 10)], [one('r', 10)], [undefined], 0],
  ['OpenClaw counts more', [one('r', 10)], [one('r', 12)], [counted(12)], 0],
  ['a call whose answer nobody used', [one('r', 10)], [], [undefined], 0],
  ['an answer that never passed the gateway', [], [one('r', 10)], [], 1],
  ['an answer without a name', [one(undefined, 10)], [one(undefined, 10)], [undefined], 1],
  ['the same name at another bot', [one('r', 10)], [one('r', 10, 0, 'b')], [undefined], 1],
  [
    'two of one name: each call has the nearest',
    [one('r', 1, 0), one('r', 2, 60)],
    [one('r', 2, 61), one('r', 1, 1)],
    [undefined, undefined],
    0,
  ],
] as const)('%s', (_, calls, messages, openclaw, unseen) => {
  const found = differencesOf(calls, messages);
  expect(found.ofCalls.map((difference) => difference?.openclaw)).toEqual(openclaw);
  expect(found.unseen).toHaveLength(unseen);
});
