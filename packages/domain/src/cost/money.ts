const cent = 0.01;
/** Fewer digits hide what is there, more say nothing. */
const digitsMax = 6;

/** An amount of US dollars as people read it: cents, and below one cent as many digits as show two figures of it. */
export function usdText(usd: number): string {
  return dollars(usd, digitsFor(usd));
}

/** What one of many costs on average: three figures of it, since averages are compared. */
export function usdAverageText(usd: number): string {
  return usd === 0 || usd >= 1 ? usdText(usd) : dollars(usd, Math.min(digitsMax, 2 - Math.floor(Math.log10(usd))));
}

/**
 * Amounts of one column, written with the same digits and rounded so that those shown add up to the total shown: what
 * rounding leaves over goes to those that lost most by it.
 */
export function usdColumn(amounts: readonly number[]): { texts: string[]; total: string } {
  const { units, digits } = rounded(amounts);
  const write = (count: number) => dollars(count / 10 ** digits, digits);
  return { texts: units.map(write), total: write(units.reduce((sum, count) => sum + count, 0)) };
}

/** Rows of amounts with a total at the end of each; rows and columns add up as they are shown. */
export function usdTable(rows: readonly (readonly number[])[]): { rows: string[][]; totals: string[] } {
  const digits = Math.max(2, ...rows.flat().map(digitsFor));
  const width = rows[0]?.length ?? 0;
  const columns = Array.from(
    { length: width },
    (_, at) =>
      rounded(
        rows.map((row) => row[at] ?? 0),
        digits,
      ).units,
  );
  const write = (count: number) => dollars(count / 10 ** digits, digits);
  const withSum = (counts: number[]) => [...counts, counts.reduce((sum, count) => sum + count, 0)].map(write);
  return {
    rows: rows.map((_, at) => withSum(columns.map((units) => units[at] ?? 0))),
    totals: withSum(columns.map((units) => units.reduce((sum, count) => sum + count, 0))),
  };
}

function rounded(amounts: readonly number[], digits = Math.max(2, ...amounts.map(digitsFor))) {
  const scaled = amounts.map((usd) => usd * 10 ** digits);
  const units = scaled.map((amount) => Math.floor(amount + nearly));
  const left =
    Math.round(scaled.reduce((sum, amount) => sum + amount, 0)) - units.reduce((sum, count) => sum + count, 0);
  const losers = scaled.map((amount, at) => ({ at, lost: amount - (units[at] ?? 0) })).sort((a, b) => b.lost - a.lost);
  for (const { at } of losers.slice(0, left)) units[at] = (units[at] ?? 0) + 1;
  return { units, digits };
}

/** What a binary fraction falls short of the decimal one it stands for. */
const nearly = 1e-6;

function digitsFor(usd: number): number {
  // What a sum of binary fractions falls short of a cent is no reason for a third digit.
  const size = Number(Math.abs(usd).toPrecision(9));
  if (size === 0 || size >= cent) return 2;
  return Math.min(digitsMax, Math.ceil(-Math.log10(size)) + 1);
}

function dollars(usd: number, digits: number): string {
  const size = Math.abs(usd).toLocaleString('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits });
  return `${usd < 0 ? '−' : ''}$${size}`;
}
