import type { Client } from '@clawster/client/client';
import { EventFilter } from '@clawster/contract/event';
import { auditRangeHours } from '@clawster/contract/audit-range';
import { z } from 'zod';
import { findBot } from '../../find.ts';
import { Moment } from '../../moment.ts';
import { findView } from '../audit-view/find-view.ts';

const hourMs = 3_600_000;

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
  const since = range && new Date(Date.now() - auditRangeHours[range] * hourMs).toISOString();
  return { ...shown, since, ...Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined)) };
}
