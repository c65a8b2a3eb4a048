import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

const table = 'config_machine_state';

/**
 * Takes OpenClaw's list of its plugins out of a state that comes from elsewhere: it says where they lay there, and OpenClaw
 * looks for them nowhere else. Where there is no list, it makes one of what it finds.
 */
export function forgetPlugins(stateDirectory: string): void {
  const file = join(stateDirectory, 'state', 'openclaw.sqlite');
  if (!existsSync(file)) return;
  const database = new DatabaseSync(file);
  try {
    const isThere = database.prepare("select 1 from sqlite_master where type = 'table' and name = ?").get(table);
    if (isThere) database.exec(`delete from ${table} where state_key = 'plugins.installedIndex'`);
  } finally {
    database.close();
  }
}
