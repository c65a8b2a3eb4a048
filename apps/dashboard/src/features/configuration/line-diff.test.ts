import fc from 'fast-check';
import { expect, test } from 'vitest';
import { lineDiff } from './line-diff.ts';

const told = (before: string, after: string) =>
  lineDiff(before, after).map(({ kind, text }) => `${{ same: ' ', gone: '-', new: '+', skipped: '…' }[kind]}${text}`);

test('only what differs is gone or new', () => {
  expect(told('a\nb\nc', 'a\nx\nc')).toEqual([' a', '-b', '+x', ' c']);
  expect(told('a\nb', 'a\nb\nc')).toEqual([' a', ' b', '+c']);
  expect(told('same', 'same')).toEqual([' same']);
});

test('long runs that are alike are told by their number', () => {
  const alike = Array.from({ length: 10 }, (_, at) => `line ${at}`).join('\n');
  expect(told(`${alike}\nold`, `${alike}\nnew`)).toEqual(['…8 lines alike', ' line 8', ' line 9', '-old', '+new']);
});

test('without the lines that are gone it is the later text, without the new ones the earlier', () => {
  const text = fc.array(fc.constantFrom('a', 'b', 'c'), { minLength: 1, maxLength: 12 });
  fc.assert(
    fc.property(text, text, (before, after) => {
      const lines = lineDiff(before.join('\n'), after.join('\n'));
      fc.pre(lines.every(({ kind }) => kind !== 'skipped'));
      const only = (without: string) => lines.filter(({ kind }) => kind !== without).map((line) => line.text);
      expect(only('new')).toEqual(before);
      expect(only('gone')).toEqual(after);
    }),
  );
});

test('texts of thousands of lines are told too', () => {
  const long = (word: string) => Array.from({ length: 3_000 }, (_, at) => `${word} ${at}`).join('\n');
  expect(lineDiff(long('old'), long('new'))).toHaveLength(6_000);
});
