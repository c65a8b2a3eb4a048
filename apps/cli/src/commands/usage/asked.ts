import type { Client } from '@clawster/client/client';
import { z } from 'zod';
import { findBot } from '../../find.ts';
import { Moment } from '../../moment.ts';

/** Of what, and of when, usage is asked for. */
export const usageOptions: [flags: string, summary: string][] = [
  ['--bot <bot>', 'only of this bot'],
  ['--channel <channel>', 'only on this channel'],
  ['--since <moment>', 'from then on: a date, a time, or how long ago (24h)'],
  ['--until <moment>', 'only before then'],
];
export const UsageInput = z.object({
  bot: z.string().optional(),
  channel: z.string().optional(),
  since: Moment.optional(),
  until: Moment.optional(),
});

/** What the server is asked. */
export async function usageAsked(client: Client, { bot, channel, since, until }: z.output<typeof UsageInput>) {
  return { channel, from: since, to: until, botId: bot && (await findBot(client, bot)).id };
}

/** From when to when was counted, and how much is left out. */
export function countedLine({ from, to, more = 0 }: { from: string; to: string; more?: number }): string {
  const beyond = more > 0 ? `, and ${more} more rows: name a bot or a channel to see them` : '';
  return `Counted from ${from.slice(0, 16)} to ${to.slice(0, 16)} UTC${beyond}.`;
}

/** How many of all failed, in percent. */
export function failedText(failed: number, all: number): string {
  return all === 0 ? '–' : `${failed} (${((100 * failed) / all).toFixed(1)} %)`;
}
