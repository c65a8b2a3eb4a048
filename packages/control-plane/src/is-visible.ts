import { sql, type RawBuilder } from 'kysely';

/** The tables a route's ids lead to. */
type Table =
  | 'bot'
  | 'target'
  | 'connector'
  | 'backup'
  | 'operation'
  | 'orphan'
  | 'template'
  | 'profile'
  | 'overlay'
  | 'revision'
  | 'skill'
  | 'keyJob'
  | 'namedSecret'
  | 'channel'
  | 'budget'
  | 'rotation'
  | 'scan'
  | 'finding'
  | 'incident'
  | 'exporter'
  | 'linkOut'
  | 'team'
  | 'goal'
  | 'delegation'
  | 'task'
  | 'inboxItem'
  | 'notifier'
  | 'contextEntry';

/**
 * Holds for the rows of the transaction's workspace, for a query by an id from outside. Row-level security holds it too:
 * this is the wall in front of it, asked of the same function.
 */
export function isVisible(table: Table): RawBuilder<boolean> {
  return sql<boolean>`is_visible(${sql.ref(`${table}.workspace_id`)})`;
}
