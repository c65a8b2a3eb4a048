import type { CostGroup, Costs } from '@clawster/contract/cost';
import { sayCostRow } from '@clawster/domain/cost/say-cost-row';
import { usd } from '../../lib/amount.ts';
import { Chart } from '../../ui/chart.tsx';

/** What was spent day by day, the dearest groups upon each other. */
export function CostChart({ costs: { series, from, to }, group }: { costs: Costs; group: CostGroup }) {
  return (
    <Chart
      label="Cost by day"
      unit="US dollars a day"
      kind="stacked"
      format={usd}
      during={{ from: `${from}T00:00:00Z`, to: `${to}T23:59:59Z` }}
      series={series.map(({ days, ...line }) => ({
        name: sayCostRow(line, group),
        points: days.map(({ day, usd: value }) => ({ at: `${day}T00:00:00Z`, value })),
      }))}
    />
  );
}
