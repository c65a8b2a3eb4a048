import fc from 'fast-check';
import { expect, test } from 'vitest';
import { printable } from './printable.ts';

test.each([
  ['a screen that is cleared', 'Done\u001b[2J\u001b[H', 'Done\\u001b[2J\\u001b[H'],
  ['a title that is set', '\u001b]0;root@prod\u0007', '\\u001b]0;root@prod\\u0007'],
  ['a line that is written over', 'refused\rapproved', 'refused\\u000dapproved'],
  ['letters that are deleted', 'no\b\byes', 'no\\u0008\\u0008yes'],
  ['a sequence of one character', '\u009b31m', '\\u009b31m'],
  ['letters in another order', 'a\u202eb', 'a\\u202eb'],
  ['hidden letters', '\u001b[8mhidden', '\\u001b[8mhidden'],
])('%s is written out', (_, text, shown) => {
  expect(printable(text)).toBe(shown);
});

test.each(['two\nlines', 'a\ttab', '\u001b[31mred\u001b[39m', 'Grüße, 你好 🙂'])('%j stays as it is', (text) => {
  expect(printable(text)).toBe(text);
});

test('lines of other systems are lines', () => {
  expect(printable('one\r\ntwo')).toBe('one\ntwo');
});

test('JSON stays the same JSON', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(JSON.parse(printable(JSON.stringify({ text })))).toEqual({ text });
    }),
  );
});
