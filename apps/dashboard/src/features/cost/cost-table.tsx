import type { CostAmounts, CostGroup, CostRow, Costs } from '@clawster/contract/cost';
import { usdTable } from '@clawster/domain/cost/money';
import { sayChange, sayCostRow } from '@clawster/domain/cost/say-cost-row';
import Link from 'next/link';
import { percent } from '../../lib/amount.ts';
import { paths } from '../../lib/paths.ts';
import { type Column, DataTable } from '../../ui/data-table.tsx';

type Line = {
  key: string;
  name: React.ReactNode;
  amounts: CostAmounts;
  money: string[];
  share: string;
  change: string;
};

const figure = (name: string, of: (line: Line) => React.ReactNode): Column<Line> => ({ name, of, figure: true });
const whole = (value: number) => value.toLocaleString('en');
const columns: Column<Line>[] = [
  { name: 'What', of: ({ name }) => name },
  figure('Total', ({ money }) => <span className="font-medium">{money[2]}</span>),
  figure('Models', ({ money }) => money[0]),
  figure('Infrastructure', ({ money }) => money[1]),
  figure('Share', ({ share }) => share),
  figure('Change', ({ change }) => change),
  figure('Calls', ({ amounts }) => whole(amounts.calls)),
  figure('Failed', ({ amounts }) => whole(amounts.failed)),
  figure('Without a price', ({ amounts }) => whole(amounts.unpriced)),
  figure('Input', ({ amounts }) => whole(amounts.inputTokens)),
  figure('From cache', ({ amounts }) => whole(amounts.cacheReadTokens)),
  figure('To cache', ({ amounts }) => whole(amounts.cacheWriteTokens)),
  figure('Output', ({ amounts }) => whole(amounts.outputTokens)),
];

/** What each group cost; what is shown adds up to what is shown. */
export function CostTable({ costs: { rows, total }, group }: { costs: Costs; group: CostGroup }) {
  const { rows: money, totals } = usdTable(
    rows.map(({ modelUsd, infrastructureUsd }) => [modelUsd, infrastructureUsd]),
  );
  const lines = rows.map((row, at) => ({
    key: `${row.kind} ${row.key}`,
    name: <Name row={row} group={group} />,
    amounts: row,
    money: money[at] ?? [],
    share: percent(row.totalUsd, total.totalUsd),
    // By day, the days before are other rows.
    change: group === 'day' ? '' : sayChange(row.totalUsd, row.before.totalUsd),
  }));
  const all = {
    key: 'all',
    name: <span className="font-semibold">All</span>,
    amounts: total,
    money: totals,
    share: '',
    change: sayChange(total.totalUsd, total.beforeUsd),
  };
  return <DataTable label="Costs" columns={columns} rows={[...lines, all]} keyOf={({ key }) => key} />;
}

function Name({ row, group }: { row: CostRow; group: CostGroup }) {
  const name = sayCostRow(row, group);
  if ((group !== 'bot' && group !== 'team') || row.kind !== 'group') return name;
  if (!row.name)
    return (
      <span className="text-muted">{group === 'team' ? name : `A bot that is gone (${row.key.slice(0, 8)})`}</span>
    );
  return (
    <Link
      href={group === 'team' ? paths.team(row.key) : paths.bot(row.key, 'cost')}
      className="font-medium hover:underline"
    >
      {name}
    </Link>
  );
}
