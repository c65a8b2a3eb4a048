import type { BudgetScope } from '@clawster/contract/budget';
import type { Labels } from '@clawster/contract/label';

type Columns<Selector> = { botId: string | null; selector: Selector; teamId: string | null };

/** Of which bots a budget counts the calls; undefined: of all. */
export function scopeOf({ botId, selector, teamId }: Columns<unknown>): BudgetScope | undefined {
  if (botId) return { botId };
  if (teamId) return { teamId };
  return selector ? { labels: selector as Labels } : undefined;
}

/** The same as it is kept. */
export function columnsOf(scope: BudgetScope | undefined): Columns<Labels | null> {
  return {
    botId: scope && 'botId' in scope ? scope.botId : null,
    selector: scope && 'labels' in scope ? scope.labels : null,
    teamId: scope && 'teamId' in scope ? scope.teamId : null,
  };
}
