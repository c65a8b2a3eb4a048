'use client';

import { api } from '@clawster/contract/api';
import type { TargetCost } from '@clawster/contract/cost';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { usd } from '../../lib/amount.ts';
import { q } from '../../lib/query.ts';
import { sentenceOf } from '../../lib/sentence.ts';
import { count, shortTime } from '../../lib/time.ts';
import { Button } from '../../ui/button.tsx';
import { Card, RowsWaiting, Trouble } from '../../ui/page.tsx';
import { useWhyForbidden } from '../session/use-identity.ts';
import { ImportCosts } from './import-costs.tsx';
import { PriceDialog } from './price-dialog.tsx';

/** What the targets cost: by a price an hour, or by what a bill says. */
export function TargetCosts() {
  const { data, error, refetch } = useQuery(q(api.costs.targets, {}));
  const [priced, setPriced] = useState<TargetCost>();
  if (error && !data) return <Trouble message={sentenceOf(error)} retry={() => void refetch()} />;
  return (
    <div className="space-y-5">
      <Card title="Targets" flush>
        <ul className="divide-y divide-line">
          {data?.items.map((target) => (
            <TargetRow key={target.targetId} target={target} onPrice={() => setPriced(target)} />
          ))}
          {data ? null : <RowsWaiting />}
        </ul>
      </Card>
      <ImportCosts />
      {priced ? <PriceDialog target={priced} onClose={() => setPriced(undefined)} /> : null}
    </div>
  );
}

function TargetRow({ target, onPrice }: { target: TargetCost; onPrice: () => void }) {
  const { name, prices, importedDays, lastImportedDay, monthUsd, idleUsd } = target;
  const forbidden = useWhyForbidden('target:manage');
  return (
    <li className="flex min-h-[4.25rem] flex-wrap items-center gap-x-6 gap-y-2 px-4 py-3">
      <div className="min-w-0 flex-1 basis-64">
        <p className="font-medium">{name}</p>
        <p className="text-sm text-muted">{sayPrice(prices)}</p>
        {importedDays > 0 ? (
          <p className="text-sm text-muted">
            {count(importedDays, 'day')} imported, the last {lastImportedDay}
          </p>
        ) : null}
      </div>
      <p className="text-sm tabular-nums">
        <span className="font-medium">{usd(monthUsd)}</span> this month
        {idleUsd > 0 ? <span className="block text-muted">{usd(idleUsd)} of it without a bot</span> : null}
      </p>
      <Button whyNot={forbidden} onClick={onPrice} aria-label={`Set the price of ${name}`}>
        Set the price
      </Button>
    </li>
  );
}

function sayPrice([latest, before]: TargetCost['prices']): string {
  if (!latest) return 'No price yet: what it costs is not counted';
  const since = `${usd(latest.usdPerHour)} an hour since ${shortTime(latest.from)}`;
  return before ? `${since}, ${usd(before.usdPerHour)} before` : since;
}
