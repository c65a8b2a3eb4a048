import type { Costs, Forecast } from '@clawster/contract/cost';
import { sayChange } from '@clawster/domain/cost/say-cost-row';
import type { ReactNode } from 'react';
import { usd } from '../../lib/amount.ts';
import { count } from '../../lib/time.ts';

/** What it comes to, against the days before, and where the month is thought to end. */
export function CostFigures({ costs, forecast }: { costs: Costs; forecast: Forecast | undefined }) {
  const { total, before } = costs;
  return (
    <dl className="grid gap-3 sm:grid-cols-2 lg:grid-cols-4">
      <Figure name="Spent" value={usd(total.totalUsd)}>
        {sayUnpriced(total.unpriced) ?? `${count(total.calls, 'call')} of models`}
      </Figure>
      <Figure name="Change" value={sayChange(total.totalUsd, total.beforeUsd)}>
        {usd(total.beforeUsd)} from <span className="whitespace-nowrap">{before.from}</span> to{' '}
        <span className="whitespace-nowrap">{before.to}</span>
      </Figure>
      <Figure name="Models" value={usd(total.modelUsd)}>
        and {usd(total.infrastructureUsd)} for infrastructure
      </Figure>
      <Figure name="At the end of the month" value={sayRange(forecast)}>
        {forecast?.basis ?? ' '}
      </Figure>
    </dl>
  );
}

/** What is missing in a sum; undefined when nothing is. */
export function sayUnpriced(unpriced: number): string | undefined {
  return unpriced === 0
    ? undefined
    : `${count(unpriced, 'call')} without a known price ${unpriced === 1 ? 'is' : 'are'} missing`;
}

function sayRange(forecast: Forecast | undefined): string {
  const expected = forecast?.expected;
  if (!expected) return 'Not known yet';
  const [low, high] = [usd(expected.lowUsd), usd(expected.highUsd)];
  return low === high ? low : `${low} – ${high}`;
}

function Figure({ name, value, children }: { name: string; value: string; children: ReactNode }) {
  return (
    <div className="rounded-lg border border-line bg-surface px-4 py-3">
      <dt className="text-sm text-muted">{name}</dt>
      <dd className="mt-0.5 text-xl font-semibold tabular-nums">{value}</dd>
      <dd className="mt-0.5 min-h-8 text-xs text-muted">{children}</dd>
    </div>
  );
}
