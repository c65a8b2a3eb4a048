'use client';

import { api } from '@clawster/contract/api';
import type { Budget, BudgetShare } from '@clawster/contract/budget';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { ArrowLeft, LockOpen, Pencil, Trash2, Undo2 } from 'lucide-react';
import Link from 'next/link';
import { useState } from 'react';
import { client } from '../../lib/client.ts';
import { paths } from '../../lib/paths.ts';
import { q } from '../../lib/query.ts';
import { sentenceOf } from '../../lib/sentence.ts';
import { tell } from '../../lib/toast.ts';
import { Button } from '../../ui/button.tsx';
import { DeleteDialog } from '../../ui/delete-dialog.tsx';
import { Card, Skeleton, Trouble } from '../../ui/page.tsx';
import { StateWord } from '../../ui/state-word.tsx';
import { Time } from '../../ui/time.tsx';
import { useWhyForbidden } from '../session/use-identity.ts';
import { BudgetBar } from './budget-bar.tsx';
import { BudgetDialog } from './budget-dialog.tsx';
import { lookEveryMs } from './budgets-page.tsx';
import { LiftDialog } from './lift-dialog.tsx';
import { usd } from '../../lib/amount.ts';
import { sayOutlook, sayScope, saySpent, stateLooks, stateOf } from './say-budget.ts';

/** One budget: what is spent, who spent it, who stands still, and what can be done. */
export function BudgetView({ budgetId, onClose }: { budgetId: string; onClose: () => void }) {
  const query = useQuery({ ...q(api.budgets.get, { budgetId }), refetchInterval: lookEveryMs });
  const { data: budget, error, refetch } = query;
  return (
    <div className="space-y-4">
      <Button look="quiet" icon={<ArrowLeft />} onClick={onClose}>
        All budgets
      </Button>
      {budget ? (
        <>
          <Use budget={budget} onGone={onClose} />
          {budget.hard ? <Shares shares={budget.shares} isSpent={budget.use.spentAt !== undefined} /> : null}
        </>
      ) : error ? (
        <Trouble message={sentenceOf(error)} retry={() => void refetch()} />
      ) : (
        <Skeleton className="h-56 w-full" />
      )}
    </div>
  );
}

function Use({ budget, onGone }: { budget: Budget; onGone: () => void }) {
  const { name, hard, use, limitUsd, period, warnAt } = budget;
  return (
    <Card title={name} actions={<StateWord look={stateLooks[stateOf(budget)]} />}>
      <div className="space-y-3">
        <p className="text-lg font-semibold tabular-nums">{saySpent(budget)}</p>
        <BudgetBar budget={budget} />
        <p className="text-sm text-muted">
          {sayOutlook(budget)}
          {use.reservedUsd > 0 ? `. ${usd(use.reservedUsd)} are reserved: bots may spend them and have not yet` : ''}.
        </p>
        {use.spentAt ? (
          <p className="rounded-md border border-bad/30 bg-bad-soft px-3 py-2 text-sm text-bad">
            {hard ? 'Its bots were stopped ' : 'It was spent '}
            <Time at={use.spentAt} />.{' '}
            {hard ? 'Lift it, raise the limit, or wait for the next period.' : 'It stops nothing.'}
          </p>
        ) : null}
        {use.lift ? (
          <p className="rounded-md border border-line bg-hover px-3 py-2 text-sm">
            Lifted {use.lift.usd === undefined ? 'without a limit' : `by ${usd(use.lift.usd)}`} by {use.lift.by},{' '}
            <Time at={use.lift.at} />: {use.lift.reason}
          </p>
        ) : null}
        <p className="text-sm text-muted">
          {usd(limitUsd)} a {period}. {sayScope(budget)}. {hard ? 'Stops its bots at the limit' : 'Only warns'}
          {warnAt.length > 0 ? `; tells at ${warnAt.map((percent) => `${percent} %`).join(', ')}` : ''}.
        </p>
        <Actions budget={budget} onGone={onGone} />
      </div>
    </Card>
  );
}

function Actions({ budget, onGone }: { budget: Budget; onGone: () => void }) {
  const [asked, setAsked] = useState<'change' | 'lift' | 'delete'>();
  const forbidden = useWhyForbidden('budget:manage');
  const refresh = useRefresh();
  const queryClient = useQueryClient();
  const { id: budgetId, name } = budget;
  const endLift = useMutation({
    mutationFn: () => client.budgets.endLift({ budgetId }),
    onSuccess: () => refresh(`The limit of ${name} holds again.`),
    onError: (error) => tell(sentenceOf(error)),
  });
  const remove = useMutation({
    mutationFn: () => client.budgets.delete({ budgetId }),
    onSuccess: async () => {
      onGone();
      tell(`The budget ${name} was deleted.`);
      // It is not asked for again while its view closes.
      await queryClient.invalidateQueries(q(api.budgets.list, { limit: 200 }));
    },
  });
  const close = () => setAsked(undefined);
  return (
    <div className="flex flex-wrap gap-2">
      <Button look="primary" icon={<LockOpen />} whyNot={forbidden} onClick={() => setAsked('lift')}>
        Lift…
      </Button>
      {budget.use.lift ? (
        <Button icon={<Undo2 />} whyNot={forbidden} busy={endLift.isPending} onClick={() => endLift.mutate()}>
          End the lift
        </Button>
      ) : null}
      <Button icon={<Pencil />} whyNot={forbidden} onClick={() => setAsked('change')}>
        Change…
      </Button>
      <Button look="danger" icon={<Trash2 />} whyNot={forbidden} onClick={() => setAsked('delete')}>
        Delete…
      </Button>
      {asked === 'lift' ? <LiftDialog budget={budget} onClose={close} /> : null}
      {asked === 'change' ? <BudgetDialog budget={budget} onClose={close} onDone={close} /> : null}
      {asked === 'delete' ? (
        <DeleteDialog
          title={`Delete the budget ${name}`}
          lead={
            budget.hard ? 'Nothing stops its bots any more at this limit.' : 'Nobody is told any more when it is spent.'
          }
          verb="Delete the budget"
          remove={remove}
          onClose={close}
        />
      ) : null}
    </div>
  );
}

function useRefresh() {
  const queryClient = useQueryClient();
  return async (sentence: string) => {
    await queryClient.invalidateQueries({ queryKey: ['budgets'] });
    tell(sentence);
  };
}

/** What each bot spent of it, those that were stopped first. */
function Shares({ shares, isSpent }: { shares: BudgetShare[]; isSpent: boolean }) {
  if (shares.length === 0) return null;
  return (
    <Card title="Bots" flush>
      <div className="overflow-x-auto" tabIndex={0} role="region" aria-label="What each bot has of it">
        <table className="w-full text-sm tabular-nums">
          <thead>
            <tr className="border-b border-line text-left text-muted">
              <th className="px-4 py-2 font-medium">Bot</th>
              <th className="px-4 py-2 text-right font-medium">Spent (USD)</th>
              <th className="px-4 py-2 text-right font-medium">Reserved (USD)</th>
              <th className="px-4 py-2 font-medium">State</th>
            </tr>
          </thead>
          <tbody className="divide-y divide-line">
            {shares.map((share) => (
              <ShareRow key={share.botId} share={share} isSpent={isSpent} />
            ))}
          </tbody>
        </table>
      </div>
    </Card>
  );
}

function ShareRow({ share, isSpent }: { share: BudgetShare; isSpent: boolean }) {
  const { botId, botName, spentUsd, reservedUsd, refusedAt } = share;
  const stands = isSpent && reservedUsd === 0 ? 'Stops at its next call' : 'Goes on';
  return (
    <tr>
      <td className="px-4 py-2">
        {botName ? (
          <Link href={paths.bot(botId)} className="hover:underline">
            {botName}
          </Link>
        ) : (
          <span className="text-muted">A bot that is gone</span>
        )}
      </td>
      <td className="px-4 py-2 text-right">{usd(spentUsd)}</td>
      <td className="px-4 py-2 text-right">{usd(reservedUsd)}</td>
      <td className="px-4 py-2 whitespace-nowrap">
        {refusedAt ? (
          <span className="text-bad">
            ✕ Stopped <Time at={refusedAt} />
          </span>
        ) : (
          <span className="text-muted">{botName ? stands : 'Gone'}</span>
        )}
      </td>
    </tr>
  );
}
