import type { Budget, BudgetChannel, BudgetPeriod, BudgetScope, CreateBudget } from '@clawster/contract/budget';
import { labelsOf } from '@clawster/contract/label';
import { whyNotLabels } from '../configuration/layer-fields.tsx';

/** A budget as it is written in a form. */
export type BudgetDraft = {
  name: string;
  by: 'all' | 'bot' | 'labels' | 'team';
  botId: string;
  teamId: string;
  labels: string;
  channel: BudgetChannel | '';
  period: BudgetPeriod;
  limitUsd: string;
  warnAt: string;
  hard: boolean;
};

export function draftOf(budget: Budget | undefined): BudgetDraft {
  return {
    name: budget?.name ?? '',
    by: 'all',
    botId: '',
    teamId: '',
    labels: '',
    channel: '',
    period: 'month',
    limitUsd: budget ? String(budget.limitUsd) : '',
    warnAt: (budget?.warnAt ?? [50, 80, 100]).join(', '),
    hard: budget?.hard ?? true,
  };
}

const percentsIn = (text: string) =>
  text
    .split(/[\s,%]+/)
    .filter(Boolean)
    .map(Number);

/** What is missing before it can be saved. */
export function whyNotYet(draft: BudgetDraft): string | undefined {
  if (draft.name.trim() === '') return 'Name the budget, such as Support';
  if (draft.by === 'bot' && !draft.botId) return 'Choose the bot';
  if (draft.by === 'team' && !draft.teamId) return 'Choose the team';
  if (draft.by === 'labels') {
    if (draft.labels.trim() === '') return 'Say which labels its bots have';
    const why = whyNotLabels(draft.labels);
    if (why) return why;
  }
  if (!(Number(draft.limitUsd) > 0)) return 'Enter the limit in US dollars';
  const isPercent = (percent: number) => Number.isInteger(percent) && percent >= 1 && percent <= 100;
  return percentsIn(draft.warnAt).every(isPercent) ? undefined : 'Tell at whole percentages from 1 to 100';
}

/** What of it may change later. */
export function changesIn({ name, limitUsd, warnAt, hard }: BudgetDraft) {
  return { name: name.trim(), limitUsd: Number(limitUsd), warnAt: percentsIn(warnAt), hard };
}

export function newIn(draft: BudgetDraft): CreateBudget {
  const { channel, period } = draft;
  const scope = scopeIn(draft);
  return { ...changesIn(draft), period, ...(scope ? { scope } : {}), ...(channel ? { channel } : {}) };
}

function scopeIn({ by, botId, teamId, labels }: BudgetDraft): BudgetScope | undefined {
  if (by === 'bot') return { botId };
  if (by === 'team') return { teamId };
  return by === 'labels' ? { labels: labelsOf(labels.trim()) } : undefined;
}
