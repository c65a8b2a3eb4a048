'use client';

import { api } from '@clawster/contract/api';
import type { CostGroup, Costs } from '@clawster/contract/cost';
import { useQuery } from '@tanstack/react-query';
import { Coins } from 'lucide-react';
import { q } from '../../lib/query.ts';
import { sentenceOf } from '../../lib/sentence.ts';
import { oneOf, useUrlState } from '../../lib/use-url-state.ts';
import { Empty } from '../../ui/empty.tsx';
import { Input, Select } from '../../ui/field.tsx';
import { Card, Skeleton, Trouble } from '../../ui/page.tsx';
import { CostChart } from './cost-chart.tsx';
import { CostFigures } from './cost-figures.tsx';
import { CostTable } from './cost-table.tsx';
import { ExportCosts } from './export-costs.tsx';
import { Prices } from './prices.tsx';
import { Spikes } from './spikes.tsx';
import { useOutlook } from './use-outlook.ts';
import { useRange } from './use-range.ts';

const groups = [
  'team',
  'bot',
  'label',
  'channel',
  'model',
  'connector',
  'target',
  'day',
] as const satisfies CostGroup[];
const groupNames: Record<CostGroup, string> = {
  team: 'By team',
  bot: 'By bot',
  label: 'By label',
  channel: 'By channel',
  model: 'By model',
  connector: 'By model provider',
  target: 'By target',
  day: 'By day',
};
/** The label that bots are grouped by while none is named. */
const usualLabel = 'team';

/** What all bots cost in some days, by what is chosen: by team at first, where a bot that cost something is in one. */
export function CostOverview() {
  const { costs, error, refetch, group, label } = useGroupedCosts();
  const outlook = useOutlook();
  const [, setParams] = useUrlState();
  if (error && !costs) return <Trouble message={sentenceOf(error)} retry={refetch} />;
  if (!costs || !outlook) return <Skeleton className="h-96 w-full" />;
  if (costs.rows.length === 0) return <NothingSpent />;
  return (
    <div className="space-y-5">
      <CostFigures costs={costs} forecast={outlook.forecast} />
      <Spikes spikes={outlook.spikes} />
      <Card
        title="Where it went"
        actions={
          <div className="flex flex-wrap items-center gap-2">
            {group === 'label' ? (
              <Input
                aria-label="Label"
                className="w-32!"
                value={label}
                maxLength={63}
                onChange={({ target }) => setParams({ by: 'label', label: target.value })}
              />
            ) : null}
            <Select
              aria-label="Grouped"
              className="w-auto!"
              value={group}
              onChange={({ target }) => setParams({ by: target.value, label: null })}
            >
              {groups.map((name) => (
                <option key={name} value={name}>
                  {groupNames[name]}
                </option>
              ))}
            </Select>
          </div>
        }
      >
        <CostChart costs={costs} group={group} />
        <div className="-mx-4 mt-4 -mb-4 border-t border-line">
          <CostTable costs={costs} group={group} />
        </div>
      </Card>
      <Prices prices={costs.prices} />
      <ExportCosts days={costs} />
    </div>
  );
}

/** While nothing is chosen, by team, and by bot where no bot is in one. */
function useGroupedCosts() {
  const [params] = useUrlState();
  const { days } = useRange();
  const chosen = oneOf(groups, params.get('by'));
  const label = params.get('label') || usualLabel;
  const byTeam = useQuery({ ...q(api.costs.list, { ...days, group: 'team' }), enabled: !chosen });
  const hasTeams = byTeam.data?.rows.some(({ kind }) => kind === 'group');
  const group: CostGroup = chosen ?? (hasTeams === false ? 'bot' : 'team');
  const query = useQuery({
    ...q(api.costs.list, { ...days, group, ...(group === 'label' ? { label } : {}) }),
    enabled: Boolean(chosen ?? byTeam.data),
    placeholderData: (before: Costs | undefined) => (before?.from === days.from ? before : undefined),
  });
  const error = query.error ?? byTeam.error;
  const refetch = () => void (chosen ? query : byTeam).refetch();
  return { costs: query.data, error, refetch, group, label };
}

function NothingSpent() {
  return (
    <Card flush>
      <Empty icon={<Coins />} title="Nothing was spent in these days">
        What bots ask of models shows here within seconds, with what each call cost. What machines cost is told under
        Infrastructure.
      </Empty>
    </Card>
  );
}
