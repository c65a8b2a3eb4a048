import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { usdAverageText, usdColumn, usdTable, usdText } from './money.ts';

test.each([
  [0, '$0.00'],
  [0.0042, '$0.0042'],
  [0.00009, '$0.000090'],
  [0.01, '$0.01'],
  [0.996, '$1.00'],
  [1234.5, '$1,234.50'],
  [1_234_567.891, '$1,234,567.89'],
  [-3, '−$3.00'],
])('%d US dollars are written %s', (usd, text) => expect(usdText(usd)).toBe(text));

test.each([
  [0, '$0.00'],
  [12.345, '$12.35'],
  [0.0123456, '$0.0123'],
  [0.000_001_234, '$0.000001'],
])('%d US dollars on average are written %s', (usd, text) => expect(usdAverageText(usd)).toBe(text));

const valueOf = (text: string) => Number(text.replaceAll(/[$,]/g, ''));
const sumOf = (texts: string[]) => texts.reduce((sum, text) => sum + valueOf(text), 0);
const amounts = fc.array(fc.double({ min: 0, max: 5_000, noNaN: true }), { maxLength: 30 });

describe('a column', () => {
  test('of thirds of a dollar adds up to the dollar', () =>
    expect(usdColumn([1 / 3, 1 / 3, 1 / 3])).toEqual({ texts: ['$0.34', '$0.33', '$0.33'], total: '$1.00' }));

  test('in which one is below a cent shows that digit of all', () =>
    expect(usdColumn([0.0042, 12])).toEqual({ texts: ['$0.0042', '$12.0000'], total: '$12.0042' }));

  test('whatever is in it adds up as it is shown, and nothing is off by more than its last digit', () =>
    fc.assert(
      fc.property(amounts, (column) => {
        const { texts, total } = usdColumn(column);
        const last = 10 ** -((texts[0] ?? '$0.00').split('.')[1] as string).length;
        expect(Math.abs(sumOf(texts) - valueOf(total))).toBeLessThan(last / 2);
        for (const [at, text] of texts.entries())
          expect(Math.abs(valueOf(text) - (column[at] as number))).toBeLessThan(last * 1.01);
      }),
    ));
});

test('a table adds up along its rows and down its columns, as it is shown', () =>
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.double({ min: 0, max: 99, noNaN: true }), fc.double({ min: 0, max: 99, noNaN: true }))),
      (rows) => {
        const shown = usdTable(rows);
        for (const row of [...shown.rows, shown.totals])
          expect(sumOf(row.slice(0, -1))).toBeCloseTo(valueOf(row.at(-1) ?? '$0'), 7);
        for (const [at, total] of shown.totals.entries())
          expect(sumOf(shown.rows.map((row) => row[at] as string))).toBeCloseTo(valueOf(total), 7);
      },
    ),
  ));
