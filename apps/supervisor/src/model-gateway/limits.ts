import type { ModelPlan, PlannedBudget, PlannedUpstream } from '@clawster/link/model-plan';
import type { Spending } from './spending.ts';

/** What a bot may do in a minute and spend in a period, checked before each call. */
export type Limits = {
  /** Why no call goes out now, or undefined; a call that may go is counted. */
  whyNot(plan: ModelPlan, first: PlannedUpstream): string | undefined;
  /** Of the upstreams that may stand in, those whose budget holds and is not spent. */
  affordable(plan: ModelPlan, upstreams: PlannedUpstream[]): PlannedUpstream[];
  /** What an answered call took. */
  took(plan: ModelPlan, call: { upstream: PlannedUpstream; tokens: number; usd: number | undefined }): void;
};

/** `clock` says the control plane's time; `steadyMs` only ever rises, whatever is done to the host's clock. */
export function createLimits(
  spending: Spending,
  { clock, steadyMs }: { clock: () => Date; steadyMs: () => number },
): Limits {
  const requests = bucket(steadyMs);
  const tokens = bucket(steadyMs);
  const budgetOf = ({ budgets }: ModelPlan, { budgetId }: PlannedUpstream) => budgets.find(({ id }) => id === budgetId);
  const isSpent = (budget: PlannedBudget | undefined) =>
    budget !== undefined && spending.spentUsd(budget, clock()) >= budget.limitUsd;
  return {
    whyNot(plan, first) {
      const budget = budgetOf(plan, first);
      if (budget && !isPriced(first)) return unpricedSentence(budget, first);
      if (budget && isSpent(budget)) return spentSentence(budget, clock());
      const { requestsPerMinute, tokensPerMinute } = plan;
      if (tokensPerMinute && tokens.level(tokensPerMinute) <= 0) return minuteSentence(tokensPerMinute, 'tokens');
      if (!requestsPerMinute) return undefined;
      if (requests.level(requestsPerMinute) < 1) return minuteSentence(requestsPerMinute, 'model calls');
      requests.take(1, requestsPerMinute);
      return undefined;
    },
    affordable: (plan, upstreams) =>
      upstreams.filter((upstream, index) => {
        const budget = budgetOf(plan, upstream);
        return index === 0 || !budget || (isPriced(upstream) && !isSpent(budget));
      }),
    took(plan, call) {
      if (plan.tokensPerMinute) tokens.take(call.tokens, plan.tokensPerMinute);
      const budget = budgetOf(plan, call.upstream);
      if (budget && call.usd) spending.add(budget, call.usd, clock());
    },
  };
}

/** Whether what a call costs will be known: OpenRouter says itself what each was billed. */
export function isPriced({ price, provider }: PlannedUpstream): boolean {
  return price !== undefined || provider === 'openrouter';
}

/** Holds what is allowed in a minute, and fills as the minute passes. What was taken beyond it has to fill up again first. */
function bucket(steadyMs: () => number) {
  let taken = 0;
  let at = steadyMs();
  const settle = (perMinute: number) => {
    const now = steadyMs();
    taken = Math.max(0, taken - ((now - at) * perMinute) / 60_000);
    at = now;
  };
  return {
    level(perMinute: number) {
      settle(perMinute);
      return perMinute - taken;
    },
    take(count: number, perMinute: number) {
      settle(perMinute);
      taken += count;
    },
  };
}

const count = new Intl.NumberFormat('en');

function minuteSentence(perMinute: number, what: string): string {
  return `This bot may use ${count.format(perMinute)} ${what} in a minute, and has. Try again in a moment, or raise the limit of its connector`;
}

function spentSentence({ connectorName, limitUsd, period }: PlannedBudget, now: Date): string {
  const [of, until] =
    period === 'day' ? ['today', 'at 00:00 UTC'] : ['this month', `on 1 ${nextMonth(now)} at 00:00 UTC`];
  return `This bot has spent its ${limitUsd} USD of ${of}; it goes on ${until}, or raise the budget of the connector ${connectorName}`;
}

function unpricedSentence({ connectorName }: PlannedBudget, { model }: PlannedUpstream): string {
  return `The budget of the connector ${connectorName} counts by prices, and the model "${model}" has none. Enter its price in the connector, or take the budget away`;
}

function nextMonth(now: Date): string {
  const first = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + 1, 1));
  return first.toLocaleString('en', { month: 'long', timeZone: 'UTC' });
}
