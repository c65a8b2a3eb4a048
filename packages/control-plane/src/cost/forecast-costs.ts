import { api } from '@clawster/contract/api';
import { forecastMonth } from '@clawster/domain/cost/forecast';
import { query } from '../query.ts';
import { selectDays } from './cost.queries.ts';
import { dayPlus, daysAsked } from './days.ts';

/** What was longer ago tells little of what is to come. */
const daysBack = 56;

/** What this month is thought to come to, from what the days before today cost. */
export const forecastCosts = query(api.costs.forecast, async ({ tx, caller }, filter) => {
  const { today } = await daysAsked(tx, {});
  const from = dayPlus(today, -daysBack);
  const spent = await selectDays(tx, { ...filter, workspaceId: caller.workspaceId, days: { from, to: today } });
  return forecastMonth(
    Array.from({ length: daysBack + 1 }, (_, at) => dayPlus(from, at)).map((day) => ({
      day,
      usd: spent.get(day) ?? 0,
    })),
  );
});
