import type { Budget } from '@clawster/contract/budget';
import { StateWord } from '../../ui/state-word.tsx';
import { BudgetBar } from './budget-bar.tsx';
import { usd } from '../../lib/amount.ts';
import { sayOutlook, sayScope, saySpent, stateLooks, stateOf } from './say-budget.ts';

/** A budget among others: whose, how much of it is spent, and what comes of it. */
export function BudgetRow({ budget, onOpen }: { budget: Budget; onOpen: () => void }) {
  const { name, hard, use } = budget;
  return (
    <li className="relative grid gap-x-6 gap-y-2 px-4 py-3 hover:bg-hover sm:grid-cols-[minmax(0,1fr)_minmax(0,1.2fr)]">
      <div className="min-w-0">
        <div className="flex flex-wrap items-center gap-x-3">
          <button type="button" className="font-medium break-words after:absolute after:inset-0" onClick={onOpen}>
            {name}
          </button>
          <StateWord look={stateLooks[stateOf(budget)]} />
        </div>
        <p className="text-sm break-words text-muted">
          {sayScope(budget)} · {hard ? 'stops at the limit' : 'warns only'}
        </p>
      </div>
      <div className="min-w-0 space-y-1">
        <BudgetBar budget={budget} />
        <p className="flex flex-wrap justify-between gap-x-4 text-sm text-muted tabular-nums">
          <span>
            {saySpent(budget)}
            {use.reservedUsd > 0 ? ` · ${usd(use.reservedUsd)} reserved` : ''}
          </span>
          <span>{sayOutlook(budget)}</span>
        </p>
      </div>
    </li>
  );
}
