import { taskPrefix } from '@clawster/domain/delegation/session';
import { sql } from 'kysely';

/** The conversation in which a delegation is worked at, of the row of this name. */
export function sessionOf(row: string) {
  return sql<string>`${sql.lit(taskPrefix)} || ${sql.ref(`${row}.id`)}::text`;
}

/** What the delegation in the row of this name has cost: its conversation, on the days it can have been held on. */
export function costOf(row: string) {
  return sql<number>`(select coalesce(sum(cost_usd), 0)::float8 from conversation_day
    where conversation_day.bot_id = ${sql.ref(`${row}.toBotId`)} and conversation_day.session = ${sessionOf(row)}
      and conversation_day.day >= (${sql.ref(`${row}.requestedAt`)} at time zone 'UTC')::date)`;
}

/** The same, of the row of `delegation` at hand. */
export const costOfDelegation = costOf('delegation');
