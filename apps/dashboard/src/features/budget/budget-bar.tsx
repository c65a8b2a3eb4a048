import type { Budget } from '@clawster/contract/budget';
import { usd } from '../../lib/amount.ts';
import { saySpent } from './say-budget.ts';

/** What is spent and what is reserved, against the limit, with the marks at which it is told. */
export function BudgetBar({ budget }: { budget: Budget }) {
  const { use, warnAt, limitUsd } = budget;
  const whole = Math.max(use.limitUsd ?? limitUsd, 0.000_001);
  const spent = Math.min(100, (use.spentUsd / whole) * 100);
  const reserved = Math.min(100 - spent, (use.reservedUsd / whole) * 100);
  const colour = use.spentAt ? 'bg-bad' : spent >= 80 ? 'bg-warn' : 'bg-accent';
  const label = `${saySpent(budget)}${use.reservedUsd > 0 ? `, ${usd(use.reservedUsd)} reserved` : ''}`;
  return (
    <div role="img" aria-label={label} className="relative h-2.5 overflow-hidden rounded-full bg-hover">
      <div className="flex h-full">
        <div className={colour} style={{ width: `${spent}%` }} />
        <div
          className="bg-[repeating-linear-gradient(135deg,var(--color-line-strong)_0_2px,transparent_2px_5px)]"
          style={{ width: `${reserved}%` }}
        />
      </div>
      {use.limitUsd === undefined
        ? null
        : warnAt
            .filter((percent) => percent < 100)
            .map((percent) => (
              <span key={percent} className="absolute inset-y-0 w-px bg-text/40" style={{ left: `${percent}%` }} />
            ))}
    </div>
  );
}
