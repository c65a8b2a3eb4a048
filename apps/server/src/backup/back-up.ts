import { whyNotOpenSecrets } from '@clawster/control-plane/secret/check-keys';
import { keyWrapper, readKey } from '@clawster/control-plane/secret/key-wrapper';
import { BackupTrouble } from '@clawster/database/backup/backup-trouble';
import { type Backup, type BackupOptions, writeBackup } from '@clawster/database/backup/write-backup';
import { hasEmbedded } from '@clawster/database/embedded-place';
import { openDatabase } from '@clawster/database/open';
import { type Config, keyFile } from '../config.ts';
import { version } from '../version.ts';
import { withDatabase } from './reach-database.ts';
import { whyHalfRestored } from './unfinished-restore.ts';

export type BackUp = Pick<BackupOptions, 'file' | 'passphrase' | 'overwrite' | 'onProgress'>;

/** Backs an installation up, whether or not its server runs; refuses a backup that nobody could use. */
export async function backUp(config: Config, ask: BackUp): Promise<Backup> {
  const { dataDirectory } = config;
  const reason = await whyHalfRestored(dataDirectory);
  if (reason) throw new BackupTrouble(reason);
  const key = await readKey(keyFile(config));
  if (!key || !(config.databaseUrl || (await hasEmbedded(dataDirectory))))
    throw new BackupTrouble(
      `There is no Clawster in ${dataDirectory}: name its folder with --data-dir${key ? ', or its database with CLAWSTER_DATABASE_URL' : ''}`,
    );
  return withDatabase(config, async (url) => {
    await refuseWrongKey(url, key);
    return writeBackup(url, { ...ask, key, about: { clawster: version, dataDirectory } });
  });
}

/** A backup with another key would open no secret, and that would show only when it is too late. */
async function refuseWrongKey(url: string, key: Buffer): Promise<void> {
  const db = await openDatabase(url, { connectionsMax: 2 });
  try {
    const locked = await whyNotOpenSecrets({ db, keys: keyWrapper(key) });
    if (locked) throw new BackupTrouble(locked);
  } finally {
    await db.destroy();
  }
}
