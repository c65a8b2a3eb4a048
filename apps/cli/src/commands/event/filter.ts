import type { Client } from '@clawster/client/client';
import { EventFilter } from '@clawster/contract/event';
import { auditRangeHours } from '@clawster/contract/audit-range';
import { z } from 'zod';
import { findBot } from '../../find.ts';
import { findView } from '../audit-view/find-view.ts';

const unitMs = { m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

/** A moment as people write it: a date, a time, or how long ago. */
const Moment = z.string().transform((text, context) => {
  const [, count, unit] = /^(\d+)([mhd])$/.exec(text) ?? [];
  const at = unit ? Date.now() - Number(count) * unitMs[unit as keyof typeof unitMs] : Date.parse(text);
  if (!Number.isNaN(at)) return new Date(at).toISOString();
  context.addIssue({
    code: 'custom',
    message: 'Write a date such as 2026-11-02, a time, or how long ago such as 24h or 7d',
  });
  return z.NEVER;
});

/** The options that say which events. */
export const filterOptions: [flags: string, summary: string][] = [
  ['--view <view>', 'what a view shows, as far as nothing else is said: see clawster audit-view list'],
  ['--bot <bot>', 'only what is about this bot'],
  ['--type <type>', 'only this type, such as bot-created'],
  ['--noun <noun>', 'only types that begin so, such as bot or session'],
  ['--by <kind>', 'only by a person, an api-key, a bot or the system'],
  ['--outcome <outcome>', 'only what was done, refused or failed'],
  ['--since <moment>', 'only from then on: a date, a time, or how long ago such as 24h'],
  ['--until <moment>', 'only before then'],
  ['--search <text>', 'only with this in a name, an address, a type or the details'],
];

const { type, noun, actorKind, outcome, search } = EventFilter.shape;
export const FilterInput = z.object({
  view: z.string().optional(),
  bot: z.string().optional(),
  by: actorKind,
  since: Moment.optional(),
  until: Moment.optional(),
  type,
  noun,
  outcome,
  search,
});

/** The filter as the server takes it; what is said wins over what a view shows. */
export async function filterOf(client: Client, input: z.output<typeof FilterInput>): Promise<EventFilter> {
  const { view, bot, by, ...rest } = input;
  const said = { ...rest, actorKind: by, subjectId: bot && (await findBot(client, bot)).id };
  if (!view) return said;
  const { range, ...shown } = (await findView(client, view)).filter;
  const since = range && new Date(Date.now() - auditRangeHours[range] * unitMs.h).toISOString();
  return { ...shown, since, ...Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined)) };
}
