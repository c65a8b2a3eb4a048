import { sql } from 'kysely';

/** So many seconds from the transaction's begin, by the database's clock. */
export function inSeconds(seconds: number) {
  return sql<Date>`now() + make_interval(secs => ${seconds})`;
}
