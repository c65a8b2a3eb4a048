'use client';

import { api } from '@clawster/contract/api';
import type { Bot } from '@clawster/contract/bot';
import { useQuery } from '@tanstack/react-query';
import { q } from '../../lib/query.ts';
import { sentenceOf } from '../../lib/sentence.ts';
import { Card, Skeleton, Trouble } from '../../ui/page.tsx';
import { CostChart } from './cost-chart.tsx';
import { CostFigures } from './cost-figures.tsx';
import { CostTable } from './cost-table.tsx';
import { ExportCosts } from './export-costs.tsx';
import { RangeSelect } from './range-select.tsx';
import { RevisionEffect } from './revision-effect.tsx';
import { Spikes } from './spikes.tsx';
import { useOutlook } from './use-outlook.ts';
import { useRange } from './use-range.ts';

/** What one bot cost, by model, and what a change of it did. */
export function BotCost({ bot }: { bot: Bot }) {
  const botId = bot.id;
  const { days } = useRange();
  const outlook = useOutlook({ botId });
  const { data, error, refetch } = useQuery(q(api.costs.list, { ...days, botId, group: 'model' }));
  return (
    <div className="mx-auto max-w-6xl space-y-5 p-4 sm:p-6">
      <div className="flex justify-end">
        <RangeSelect />
      </div>
      {error && !data ? <Trouble message={sentenceOf(error)} retry={() => void refetch()} /> : null}
      {data && outlook ? (
        <>
          <CostFigures costs={data} forecast={outlook.forecast} />
          <Spikes spikes={outlook.spikes} />
          <Card title="By model">
            {data.rows.length === 0 ? (
              <p className="text-sm text-muted">It cost nothing in these days.</p>
            ) : (
              <>
                <CostChart costs={data} group="model" />
                <div className="-mx-4 mt-4 -mb-4 border-t border-line">
                  <CostTable costs={data} group="model" />
                </div>
              </>
            )}
          </Card>
          {/* Below what is known: above it, it would be pushed down when that comes. */}
          <RevisionEffect botId={botId} />
          <ExportCosts days={data} botId={botId} />
        </>
      ) : error ? (
        <RevisionEffect botId={botId} />
      ) : (
        <Skeleton className="h-96 w-full" />
      )}
    </div>
  );
}
