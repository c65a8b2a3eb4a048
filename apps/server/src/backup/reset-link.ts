import { makeLocalResetLink } from '@clawster/control-plane/password-reset/make-local-reset-link';
import { BackupTrouble } from '@clawster/database/backup/backup-trouble';
import { hasEmbedded } from '@clawster/database/embedded-place';
import { openDatabase } from '@clawster/database/open';
import { localUrl } from '../build-plane.ts';
import type { Config } from '../config.ts';
import { readServerFile } from '../server-file.ts';
import { withDatabase } from './reach-database.ts';
import { whyHalfRestored } from './unfinished-restore.ts';

/** A link by which a person of this installation chooses a new passphrase, whether or not its server runs. */
export async function makeResetLink(config: Config, email: string): Promise<object> {
  const { dataDirectory, databaseUrl, publicUrl, port } = config;
  const reason = await whyHalfRestored(dataDirectory);
  if (reason) throw new BackupTrouble(reason);
  if (!databaseUrl && !(await hasEmbedded(dataDirectory)))
    throw new BackupTrouble(`There is no Clawster in ${dataDirectory}: name its folder with --data-dir`);
  const url = publicUrl ?? (await readServerFile(dataDirectory))?.url ?? localUrl(config, port);
  return withDatabase(config, async (databaseUrlNow) => {
    const db = await openDatabase(databaseUrlNow, { connectionsMax: 2 });
    // Replicas look for new events by themselves.
    return makeLocalResetLink({ db, wake: () => undefined }, { email, url }).finally(() => db.destroy());
  });
}
