import type { Budget } from '@clawster/contract/budget';
import { z } from 'zod';
import { sayLabels } from './label-text.ts';

/** An amount as a person types it. */
export const UsdOption = z.coerce.number('Give the amount in US dollars, such as 25').positive().max(1_000_000);

/** Percentages with commas between. */
export const WarnOption = z
  .string()
  .transform((text) => (text === 'never' ? [] : text.split(',').map(Number)))
  .pipe(z.array(z.int('Give percentages, such as 50,80,100').min(1).max(100)));

/** Whose calls a budget counts. */
export function sayScope({ scope, botName, teamName, channel, botCount }: Budget): string {
  const who = sayWho(scope, botName ?? teamName);
  return `${who}${scope && 'botId' in scope ? '' : ` (${botCount})`}${channel ? ` on ${channel}` : ''}`;
}

function sayWho(scope: Budget['scope'], name: string | undefined): string {
  if (!scope) return 'all bots';
  if ('labels' in scope) return `bots with ${sayLabels(scope.labels)}`;
  if ('teamId' in scope) return name ? `the team ${name}` : 'one team';
  return name ?? 'one bot';
}

/** What a budget does now, in a sentence without its end. */
export function sayState({ hard, use }: Budget): string {
  const { lift, spentAt } = use;
  if (lift?.until) return `no limit until ${lift.until}: ${lift.reason}`;
  if (spentAt) return hard ? `stops its bots since ${spentAt}` : `spent since ${spentAt}`;
  return use.exhaustedAt ? `spent on ${use.exhaustedAt.slice(0, 10)} if this goes on` : 'holds';
}
