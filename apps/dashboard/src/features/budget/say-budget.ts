import type { Budget } from '@clawster/contract/budget';
import type { ChannelKind } from '@clawster/contract/channel-settings';
import { channelFacts } from '@clawster/domain/channel/kinds';
import { usd } from '../../lib/amount.ts';
import { count, shortTime } from '../../lib/time.ts';
import type { Look } from '../../ui/state-word.tsx';
import { labelsText } from '../configuration/layer-fields.tsx';

/** Where calls come from that a budget may count alone. */
export const channelWords = {
  ...(Object.fromEntries(Object.entries(channelFacts).map(([kind, { name }]) => [kind, name])) as Record<
    ChannelKind,
    string
  >),
  clawster: 'the chat here',
} satisfies Record<NonNullable<Budget['channel']>, string>;
export const periodWords: Record<Budget['period'], string> = { day: 'today', week: 'this week', month: 'this month' };

/** Whose calls a budget counts. */
export function sayScope(budget: Budget): string {
  const { channel } = budget;
  return channel ? `${sayWho(budget)}, on ${channelWords[channel]}` : sayWho(budget);
}

function sayWho({ scope, botName, teamName, botCount }: Budget): string {
  if (!scope) return `All bots (${botCount.toLocaleString('en')})`;
  if ('labels' in scope) return `${count(botCount, 'bot')} with ${labelsText(scope.labels)}`;
  if ('teamId' in scope) return `${count(botCount, 'bot')} of the team ${teamName ?? 'that is gone'}`;
  return botName ?? 'One bot';
}

export type BudgetState = 'stopped' | 'spent' | 'lifted' | 'near' | 'ok';
export const stateLooks: Record<BudgetState, Look> = {
  stopped: { word: 'Stops its bots', tone: 'bad', shape: 'cross' },
  spent: { word: 'Spent', tone: 'warn', shape: 'triangle' },
  lifted: { word: 'Lifted', tone: 'off', shape: 'ring' },
  near: { word: 'Near its limit', tone: 'warn', shape: 'triangle' },
  ok: { word: 'Holds', tone: 'ok', shape: 'disc' },
};

/** How a budget is, as one word tells it. */
export function stateOf({ hard, warnAt, use }: Budget): BudgetState {
  if (use.spentAt) return hard ? 'stopped' : 'spent';
  if (use.lift) return 'lifted';
  const first = warnAt.find((percent) => percent >= 80) ?? 100;
  return use.limitUsd !== undefined && use.spentUsd >= (use.limitUsd * first) / 100 ? 'near' : 'ok';
}

/** What is spent, of how much. */
export function saySpent({ period, use }: Budget): string {
  const of = use.limitUsd === undefined ? ', without a limit now' : ` of ${usd(use.limitUsd)}`;
  return `${usd(use.spentUsd)}${of} ${periodWords[period]}`;
}

/** What comes of it: when the limit is reached if this goes on, or when it begins anew. */
export function sayOutlook({ hard, use }: Budget): string {
  if (use.lift?.until) return `No limit until ${shortTime(use.lift.until)}`;
  if (use.spentAt) return `${hard ? 'Its bots go on from' : 'It begins anew on'} ${shortTime(use.endsAt)}`;
  if (use.exhaustedAt) return `Spent on ${shortTime(use.exhaustedAt)} if this goes on`;
  return use.spentUsd > 0 ? `Enough to its end, ${shortTime(use.endsAt)}` : 'Nothing is spent yet';
}
