import { api } from '@clawster/contract/api';
import type { CostFilter, CostSpike, Forecast } from '@clawster/contract/cost';
import { useQuery } from '@tanstack/react-query';
import { q } from '../../lib/query.ts';

export type Outlook = { forecast: Forecast | undefined; spikes: CostSpike[] };

/** Where the month is thought to end, and what cost far more than usual; undefined until both are known, so that nothing moves afterwards. */
export function useOutlook(of: Pick<CostFilter, 'botId'> = {}): Outlook | undefined {
  const forecast = useQuery(q(api.costs.forecast, of));
  const spikes = useQuery(q(api.costs.spikes, of));
  if (forecast.isPending || spikes.isPending) return undefined;
  return { forecast: forecast.data, spikes: spikes.data?.items ?? [] };
}
