import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isToFollow, nextReadSeconds, sourcePlace } from './source.ts';

test.each([
  ['the same value under another version', { value: 'a', version: '5' }, undefined, false],
  ['another value', { value: 'b', version: '5' }, undefined, true],
  ['a value that was taken back here', { value: 'b', version: '5' }, '5', false],
  ['what came after it', { value: 'c', version: '6' }, '5', true],
])('%s is followed: %j, declined %s: %s', (_, read, declined, follows) =>
  expect(isToFollow({ kept: 'a', read, declined })).toBe(follows),
);

test('a revoked secret is followed to what its store has next', () => {
  expect(isToFollow({ kept: undefined, read: { value: 'a', version: '5' }, declined: '5' })).toBe(false);
  expect(isToFollow({ kept: undefined, read: { value: 'b', version: '6' }, declined: '5' })).toBe(true);
});

test('a source that answers is read within four minutes, so that a look a minute later is within five', () =>
  fc.assert(fc.property(fc.double({ min: 0, max: 1, noNaN: true }), (chance) => nextReadSeconds(0, chance) <= 240)));

test('one that fails is read later, and at least every hour or so', () => {
  expect(nextReadSeconds(1, 0)).toBe(360);
  expect(nextReadSeconds(100, 1)).toBe(3_840);
});

test('a place is told as its store writes it', () => {
  expect(sourcePlace({ kind: 'vault-kv', mount: 'secret', path: 'bots/ada', field: 'token' })).toBe(
    'secret/bots/ada # token',
  );
  expect(sourcePlace({ kind: 'azure-key-vault', name: 'ada' })).toBe('ada');
});
