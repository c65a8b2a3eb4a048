import { countedRange, type CountedRange } from '@clawster/domain/usage/counted-range';
import { type RawBuilder, sql } from 'kysely';
import type { SignedIn } from '../caller.ts';
import { databaseNow } from '../database-now.ts';
import { askedRange } from '../trace/asked-range.ts';
import { isSeen } from '../trace/seen.ts';
import type { Tx } from '../transaction.ts';

/** What is counted of whom: kinds of spans in a range, of all bots or one, on all channels or one, of all names or one. */
export type Counted = {
  caller: SignedIn;
  range: CountedRange;
  kinds: readonly string[];
  botId?: string | undefined;
  channel?: string | undefined;
  name?: string | undefined;
};

export type Asked = {
  from?: string | undefined;
  to?: string | undefined;
  botId?: string | undefined;
  channel?: string | undefined;
};

/** The range that is asked for, as it is counted. */
export async function rangeAsked(tx: Tx, asked: Asked): Promise<CountedRange> {
  const range = askedRange(asked, await databaseNow(tx));
  return countedRange({ ...range, untilNow: asked.to === undefined });
}

/** The roll-ups of these, a row for each hour or day (`at`); of the whole days and of the hours beside them. */
export function usageOf(counted: Counted): RawBuilder<unknown> {
  const { days, hours } = counted.range;
  const columns = sql`usage.bot_id, usage.kind, usage.channel, usage.name, usage.count, usage.failed, usage.input_tokens, usage.output_tokens`;
  const parts = [
    days.from < days.to &&
      sql`select ${columns}, usage.day::timestamp at time zone 'UTC' as at from usage_day usage
        where ${isCounted('usage', counted)} and usage.day >= ${days.from}::date and usage.day < ${days.to}::date`,
    hours.from < hours.to &&
      sql`select ${columns}, ${counted.range.by === 'hour' ? sql`usage.hour` : sql`${hours.from}::timestamptz`} as at from usage_hour usage
        where ${isCounted('usage', counted)} and usage.hour >= ${hours.from}::timestamptz and usage.hour < ${hours.to}::timestamptz`,
  ].filter((part) => part !== false);
  return sql.join(parts, sql` union all `);
}

/** Holds for rows of a roll-up that are meant, whenever they are of. */
export function isCounted(
  table: 'usage' | 'latency',
  { caller, kinds, botId, channel, name }: Counted,
): RawBuilder<boolean> {
  const is = (column: string, value: string) => sql`and ${sql.ref(`${table}.${column}`)} = ${value}`;
  return sql<boolean>`${isSeen(table, caller)} and ${sql.ref(`${table}.kind`)} = any(${kinds}::text[])
    ${botId === undefined ? sql`` : sql`and ${sql.ref(`${table}.bot_id`)} = ${botId}::uuid`}
    ${channel === undefined ? sql`` : is('channel', channel)} ${name === undefined ? sql`` : is('name', name)}`;
}
