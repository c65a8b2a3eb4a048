import { sql } from 'kysely';

/** What the row of `delegation` at hand has cost: its conversation, on the days it can have been held on. */
export const costOfDelegation = sql<number>`(select coalesce(sum(cost_usd), 0)::float8 from conversation_day
  where conversation_day.bot_id = delegation.to_bot_id
    and conversation_day.session = 'agent:main:clawster-task:' || delegation.id
    and conversation_day.day >= (delegation.requested_at at time zone 'UTC')::date)`;
