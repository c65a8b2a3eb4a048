'use client';

import { api } from '@clawster/contract/api';
import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { useState } from 'react';
import { usd } from '../../lib/amount.ts';
import { paths } from '../../lib/paths.ts';
import { q } from '../../lib/query.ts';
import { Card } from '../../ui/page.tsx';
import { sayUnpriced } from '../cost/cost-figures.tsx';
import { useWhyForbidden } from '../session/use-identity.ts';

/** Model calls are told without an event of their own. */
const lookAgainMs = 60_000;

/** What was spent since midnight of UTC, against all of yesterday. */
export function SpendToday() {
  const [today] = useState(() => new Date().toISOString().slice(0, 10));
  const forbidden = useWhyForbidden('telemetry:read');
  const { data } = useQuery({
    ...q(api.costs.list, { from: today, to: today, group: 'bot' }),
    enabled: forbidden === undefined,
    refetchInterval: lookAgainMs,
  });
  if (forbidden !== undefined) return null;
  const total = data?.total;
  return (
    <Card
      title="Spend today"
      actions={
        <Link href={paths.cost()} className="text-sm text-muted hover:underline">
          See all
        </Link>
      }
    >
      <p className="flex min-h-8 flex-wrap items-baseline gap-x-3">
        <span className="text-2xl font-semibold tabular-nums">{total ? usd(total.totalUsd) : '…'}</span>
        <span className="text-sm text-muted">
          {total ? `${usd(total.beforeUsd)} in all of yesterday${unpricedOf(total.unpriced)}` : ' '}
        </span>
      </p>
    </Card>
  );
}

function unpricedOf(unpriced: number): string {
  const said = sayUnpriced(unpriced);
  return said ? ` · ${said}` : '';
}
