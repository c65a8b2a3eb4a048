'use client';

import { api } from '@clawster/contract/api';
import { useQuery } from '@tanstack/react-query';
import { PiggyBank, Plus } from 'lucide-react';
import { lazily } from '../../lib/lazily.tsx';
import { q } from '../../lib/query.ts';
import { sentenceOf } from '../../lib/sentence.ts';
import { useHydrated } from '../../lib/use-hydrated.ts';
import { Button } from '../../ui/button.tsx';
import { Empty } from '../../ui/empty.tsx';
import { Card, Page, RowsWaiting, Skeleton, Trouble } from '../../ui/page.tsx';
import { useOpened } from '../configuration/use-opened.ts';
import { useWhyForbidden } from '../session/use-identity.ts';
import { BudgetRow } from './budget-row.tsx';

const waiting = <Skeleton className="h-64 w-full" />;
const BudgetView = lazily(() => import('./budget-view.tsx').then((module) => module.BudgetView), waiting);
const BudgetDialog = lazily(() => import('./budget-dialog.tsx').then((module) => module.BudgetDialog));

/** Spending is told by no event. */
export const lookEveryMs = 10_000;

/** Limits on what bots spend: all of them, or the one that is open. */
export function BudgetsPage() {
  const [opened, setOpened] = useOpened();
  // An address may open one, which the server would send as well.
  const isHydrated = useHydrated();
  const one = opened && opened !== 'new' ? opened : undefined;
  return (
    <Page title="Budgets" lead="Limits on what bots spend in a day, a week or a month of UTC.">
      {!isHydrated ? waiting : one ? <BudgetView budgetId={one} onClose={() => setOpened(undefined)} /> : <Budgets />}
    </Page>
  );
}

function Budgets() {
  const [opened, setOpened] = useOpened();
  const { data, error, refetch } = useQuery({ ...q(api.budgets.list, { limit: 200 }), refetchInterval: lookEveryMs });
  const forbidden = useWhyForbidden('budget:manage');
  const add = (
    <Button look="primary" icon={<Plus />} whyNot={forbidden} onClick={() => setOpened('new')}>
      New budget
    </Button>
  );
  if (error && !data) return <Trouble message={sentenceOf(error)} retry={() => void refetch()} />;
  return (
    <>
      {data?.items.length === 0 ? null : <div className="mb-3 flex min-h-8 justify-end">{data ? add : null}</div>}
      <Card flush>
        <ul className="divide-y divide-line" aria-label="Budgets" aria-busy={!data}>
          {data?.items.map((budget) => (
            <BudgetRow key={budget.id} budget={budget} onOpen={() => setOpened(budget.id)} />
          )) ?? <RowsWaiting rows={3} />}
        </ul>
        {data?.items.length === 0 ? (
          <Empty icon={<PiggyBank />} title="No budgets yet" action={add}>
            A budget says how much bots may spend together. At its limit they stop, or you are told.
          </Empty>
        ) : null}
      </Card>
      {opened === 'new' ? (
        <BudgetDialog onClose={() => setOpened(undefined)} onDone={({ id }) => setOpened(id)} />
      ) : null}
    </>
  );
}
