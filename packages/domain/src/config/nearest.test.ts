import fc from 'fast-check';
import { expect, test } from 'vitest';
import { distanceOf, nearestOf } from './nearest.ts';

test.each([
  ['modle', ['mode', 'model', 'models'], 'model'],
  ['bottoken', ['botToken', 'tokenFile'], 'botToken'],
  ['lopback', ['auto', 'lan', 'loopback'], 'loopback'],
  ['heartbeet', ['heartbeat'], 'heartbeat'],
  ['exek', ['env', 'file', 'exec'], 'exec'],
])('%s was probably meant to be another word', (word, known, nearest) => {
  expect(nearestOf(word, known)).toBe(nearest);
});

test.each([
  ['another word', 'vault', ['env', 'file', 'exec', 'store']],
  ['a word of the same length', 'often', ['none', 'last']],
  ['a letter', 'x', ['id', 'to']],
  ['nothing', '', ['a', 'on']],
  ['a word without end', 'a'.repeat(1_000_000), ['model']],
])('%s is near to nothing, so nothing is guessed', (_, word, known) => {
  expect(nearestOf(word, known)).toBeUndefined();
});

test('the distance is nothing only between equal words, and the same both ways', () => {
  const word = fc.string({ maxLength: 12 });
  fc.assert(
    fc.property(word, word, (one, other) => {
      expect(distanceOf(one, other)).toBe(distanceOf(other, one));
      expect(distanceOf(one, other) === 0).toBe(one === other);
    }),
  );
});

test('one slip of the hand is a distance of one', () => {
  expect([distanceOf('model', 'modl'), distanceOf('model', 'modeel'), distanceOf('model', 'mozel')]).toEqual([1, 1, 1]);
  expect(distanceOf('model', 'modle')).toBe(1);
});
