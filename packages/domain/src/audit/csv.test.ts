import { expect, test } from 'vitest';
import { csvLine } from './csv.ts';
import { eventCells, eventHead } from './event-cells.ts';

test.each([
  ['plain', 'plain'],
  ['a,b', '"a,b"'],
  ['say "hi"', '"say ""hi"""'],
  ['two\nlines', '"two\nlines"'],
  ['=1+1', "'=1+1"],
  ['@SUM(A1)', "'@SUM(A1)"],
  ['-2', "'-2"],
  ['+2', "'+2"],
  ['\t=1', "'\t=1"],
  ['=cmd,"x"', `"'=cmd,""x"""`],
])('%j is written as %j', (cell, written) => expect(csvLine(['', cell])).toBe(`,${written}\r\n`));

test('an event has a cell for each column', () => {
  const actor = { kind: 'system', job: 'test' } as const;
  const event = { id: '1-1', at: '2026-01-01T00:00:00Z', type: 'session-refused', actor, detail: { a: 1 } } as const;
  const cells = eventCells(event);
  expect(cells).toHaveLength(eventHead.length);
  expect(cells).toEqual(expect.arrayContaining(['refused', 'system test', '{"a":1}']));
});
