import { expect, test } from 'vitest';
import { readImport } from './import-lines.ts';

const read = (csv: string) => readImport(csv, '2026-11-27');

test('lines are read with a head and without, with quotes and without, whatever ends them', () => {
  const costs = [
    { line: 2, day: '2026-11-01', target: 'This machine', usd: 3.5 },
    { line: 4, day: '2026-11-02', target: 'Rack 4, "blue"', usd: 0 },
  ];
  expect(
    read('\uFEFFday,target,usd\r\n2026-11-01,This machine,3.5\r\n\r\n2026-11-02,"Rack 4, ""blue""",0\r\n'),
  ).toEqual({ costs, issues: [] });
  expect(read('2026-11-01, This machine , 3.5')).toEqual({ costs: [{ ...costs[0], line: 1 }], issues: [] });
});

test.each([
  ['2026-11-01,a', 'Write day,target,usd: there are 2 columns, and 3 are needed'],
  ['2026-11-01,a,1,2', 'Write day,target,usd: there are 4 columns, and 3 are needed'],
  ['1.11.2026,a,1', 'Write the day as 2026-11-27: "1.11.2026" is none'],
  ['2026-02-30,a,1', 'Write the day as 2026-11-27: "2026-02-30" is none'],
  ['2026-11-28,a,1', '2026-11-28 is still to come'],
  ['2026-11-01,,1', 'Name the target'],
  ['2026-11-01,a,-1', 'Write the amount as 12.34, in US dollars: "-1" is none'],
  ['2026-11-01,a,"1,5"', 'Write the amount as 12.34, in US dollars: "1,5" is none'],
  ['2026-11-01,a,1e9', 'Write the amount as 12.34, in US dollars: "1e9" is none'],
])('%s is told by its line: %s', (line, message) =>
  expect(read(`day,target,usd\n2026-11-01,b,1\n${line}`).issues).toEqual([{ line: 3, message }]),
);

test('the same day and target twice is told, and not more than twenty troubles at once', () => {
  expect(read('2026-11-01,a,1\n2026-11-01,A,2').issues).toEqual([
    { line: 2, message: 'Line 1 is about the same day and target' },
  ]);
  expect(read('x\n'.repeat(100)).issues).toHaveLength(20);
});
