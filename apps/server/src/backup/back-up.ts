import { whyNotOpenSecrets } from '@clawster/control-plane/secret/check-keys';
import { keyWrapper, readKey } from '@clawster/control-plane/secret/key-wrapper';
import { openKeys } from '@clawster/control-plane/secret/open-keys';
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
  const key = await keyToBackUp(config);
  if (!key || !(config.databaseUrl || (await hasEmbedded(dataDirectory))))
    throw new BackupTrouble(
      `There is no Clawster in ${dataDirectory}: name its folder with --data-dir${key ? ', or its database with CLAWSTER_DATABASE_URL' : ''}`,
    );
  return withDatabase(config, async (url) => {
    await refuseWrongKey(url, { config, key });
    return writeBackup(url, { ...ask, key, about: { clawster: version, dataDirectory } });
  });
}

/** A key that a service keeps cannot be had, and needs no backup here: the restored copy names the same service. */
async function keyToBackUp(config: Config): Promise<Buffer | undefined> {
  return config.keys.current.kind === 'file' ? readKey(keyFile(config)) : Buffer.alloc(0);
}

/** A backup with another key would open no secret, and that would show only when it is too late. */
async function refuseWrongKey(url: string, { config, key }: { config: Config; key: Buffer }): Promise<void> {
  const { current, former } = config.keys;
  const db = await openDatabase(url, { connectionsMax: 2 });
  try {
    // Former keys are not in the backup: what is still under one would be lost.
    const keys =
      current.kind === 'file' ? keyWrapper(key) : await openKeys({ ...config.keys, former: [] }, keyFile(config));
    const locked = await whyNotOpenSecrets({ db, keys });
    if (locked)
      throw new BackupTrouble(
        former.length === 0 ? locked : `${locked} If it is a former key, run first: clawster key rewrap --wait`,
      );
  } finally {
    await db.destroy();
  }
}
