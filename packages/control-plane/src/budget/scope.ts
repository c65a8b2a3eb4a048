import type { BudgetScope } from '@clawster/contract/budget';
import type { Labels } from '@clawster/contract/label';

type Columns = { botId: string | null; selector: Labels | null; teamId: string | null };

/** Of which bots a budget counts the calls; undefined: of all. */
export function scopeOf({ botId, selector, teamId }: { [C in keyof Columns]: unknown }): BudgetScope | undefined {
  if (botId) return { botId: botId as string };
  if (teamId) return { teamId: teamId as string };
  return selector ? { labels: selector as Labels } : undefined;
}

/** The same as it is kept. */
export function columnsOf(scope: BudgetScope | undefined): Columns {
  return {
    botId: scope && 'botId' in scope ? scope.botId : null,
    selector: scope && 'labels' in scope ? scope.labels : null,
    teamId: scope && 'teamId' in scope ? scope.teamId : null,
  };
}
