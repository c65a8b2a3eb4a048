import { sql } from 'kysely';
import { latestMigration } from '@clawster/database/migrate';
import type { ControlPlane } from '../plane.ts';
import { systemQuery } from '../query.ts';

/** Why the tables are not those of this version, or undefined when they are, or newer by what this version can bear. */
export async function whyNotThisVersion(plane: Pick<ControlPlane, 'db'>): Promise<string | undefined> {
  const expected = await latestMigration();
  const { rows } = await systemQuery(plane, (tx) =>
    sql<{ name: string }>`select name from migration where name = ${expected}`.execute(tx),
  );
  return rows.length > 0 ? undefined : `The database lacks the migration ${expected} of this version`;
}
