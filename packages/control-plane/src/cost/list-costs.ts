import { api } from '@clawster/contract/api';
import type { CostAmounts, CostRow, Costs } from '@clawster/contract/cost';
import { query } from '../query.ts';
import { type GroupRow, selectGroups, selectPrices, selectSeries } from './cost.queries.ts';
import { dayPlus, daysAsked } from './days.ts';

/** So many groups are told one by one, the dearest; the others together. */
const rowsMax = 200;
const seriesMax = 6;

/** What bots cost, by what is asked for, with the days before, day by day, and the prices it was counted at. */
export const listCosts = query(api.costs.list, async ({ tx, caller }, { from, to, group, label, ...filter }) => {
  const { workspaceId } = caller;
  const days = await daysAsked(tx, { from, to });
  const both = { ...filter, workspaceId, days: { from: days.before.from, to: days.to } };
  const asked = { ...filter, workspaceId, days };
  const groups = await selectGroups(tx, both, { group, label, from: days.from });
  const total = { ...sumOf(groups), beforeUsd: groups.reduce((sum, { before }) => sum + before.totalUsd, 0) };
  const rows = rowsOf(group === 'day' ? byDay(groups, days.from) : groups, total.totalUsd);
  // By day there is one line, of all together.
  const top = group === 'day' ? [] : groups.filter(({ totalUsd }) => totalUsd > 0).slice(0, seriesMax);
  const points = await selectSeries(tx, asked, { group, label, top });
  return {
    from: days.from,
    to: days.to,
    before: days.before,
    rows,
    total,
    series: seriesOf(points, { top, days }),
    prices: await selectPrices(tx, asked),
  };
});

/** The days asked for in their order; those before them are in the total alone. */
function byDay(groups: GroupRow[], from: string): GroupRow[] {
  return groups.filter(({ key }) => key >= from).toSorted((one, other) => one.key.localeCompare(other.key));
}

function rowsOf(groups: GroupRow[], wholeUsd: number): CostRow[] {
  const rows = groups.slice(0, rowsMax).map((row) => ({ ...named(row), share: shareOf(row, wholeUsd) }));
  const rest = groups.slice(rowsMax);
  if (rest.length === 0) return rows;
  const before = {
    totalUsd: rest.reduce((sum, row) => sum + row.before.totalUsd, 0),
    calls: rest.reduce((sum, row) => sum + row.before.calls, 0),
  };
  const amounts = sumOf(rest);
  return [...rows, { ...amounts, kind: 'rest', key: String(rest.length), share: shareOf(amounts, wholeUsd), before }];
}

function named({ name, ...row }: GroupRow) {
  return name === null ? row : { ...row, name };
}

function shareOf({ totalUsd }: Pick<CostAmounts, 'totalUsd'>, wholeUsd: number): number {
  return wholeUsd === 0 ? 0 : totalUsd / wholeUsd;
}

const amounts = [
  'calls',
  'failed',
  'inputTokens',
  'outputTokens',
  'cacheReadTokens',
  'cacheWriteTokens',
  'unpriced',
  'modelUsd',
  'infrastructureUsd',
  'totalUsd',
] as const satisfies (keyof CostAmounts)[];

function sumOf(rows: CostAmounts[]): CostAmounts {
  const sums = amounts.map((name) => [name, rows.reduce((sum, row) => sum + row[name], 0)]);
  return Object.fromEntries(sums) as CostAmounts;
}

type Points = Awaited<ReturnType<typeof selectSeries>>;

/** Each line has all days, with nothing on those without use. */
function seriesOf(
  points: Points,
  { top, days }: { top: GroupRow[]; days: { from: string; to: string } },
): Costs['series'] {
  const all: string[] = [];
  for (let day = days.from; day <= days.to; day = dayPlus(day, 1)) all.push(day);
  const found = new Map(points.map(({ kind, key, day, usd }) => [`${kind} ${key} ${day}`, usd]));
  const rest = points.some(({ kind, usd }) => kind === 'rest' && usd > 0);
  const lines: Omit<Costs['series'][number], 'days'>[] = [
    ...top.map(named),
    ...(rest ? [{ kind: 'rest' as const, key: '' }] : []),
  ];
  return lines.map(({ kind, key, name }) => ({
    kind,
    key,
    ...(name === undefined ? {} : { name }),
    days: all.map((day) => ({ day, usd: found.get(`${kind} ${key} ${day}`) ?? 0 })),
  }));
}
