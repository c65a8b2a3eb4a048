import { readdir, rm } from 'node:fs/promises';
import { readKey, replaceKey } from '@clawster/control-plane/secret/key-wrapper';
import { epochOfRestore } from '@clawster/database/backup/after-restore';
import { BackupTrouble } from '@clawster/database/backup/backup-trouble';
import type { Manifest } from '@clawster/database/backup/manifest';
import { verifyBackup } from '@clawster/database/backup/read-backup';
import { holdsRestored, restoreBackup, whyNotRestore } from '@clawster/database/backup/restore-backup';
import { readMigrations } from '@clawster/database/migrate';
import { openDatabase } from '@clawster/database/open';
import { type Config, keyFile } from '../config.ts';
import { prepareDataDirectory } from '../server-file.ts';
import { withDatabase } from './reach-database.ts';
import { forgetRestore, noteRestore, type Unfinished, unfinishedRestore } from './unfinished-restore.ts';

export type Restore = {
  file: string;
  passphrase: string;
  startMissing: boolean;
  onProgress?: (progress: { step: 'check' | 'write'; rows: number; table?: string }) => void;
};
export type Restored = { rows: number; madeAt: string; clawster: string; installation: { id: string; epoch: number } };

/** What may lie in a folder that counts as empty: bots that go on, what can be had anew, and what this command puts there. */
const harmless = /^(bots|backups|runtimes|logs|link|port|cli\.json|up\.json.*|restore\.json.*)$/;

/**
 * Restores an installation into an empty data folder, as a newer copy than any before. The file is checked from end to end
 * before anything is written; until all is in, the folder says that it is not, and the next restore can begin anew.
 */
export async function restore(config: Config, ask: Restore): Promise<Restored> {
  await prepareDataDirectory(config.dataDirectory);
  const before = await unfinishedRestore(config.dataDirectory);
  if (!before) await refuseUnlessEmpty(config.dataDirectory);
  const { manifest, totals } = await verifyBackup(ask, (rows) => ask.onProgress?.({ step: 'check', rows }));
  const reason = whyNotRestore(manifest, await readMigrations());
  if (reason) throw new BackupTrouble(reason);

  const { id, epoch: madeFrom } = manifest.installation;
  const own: Unfinished = { backupId: manifest.backupId, id, epoch: epochOfRestore(madeFrom) };
  const copy = await whileNoted(config, { own, before }, () =>
    withDatabase(config, async (url) => {
      await checkServer(url);
      if (before && (await holdsRestored(url, before))) return committed(before, own);
      // The earlier one left nothing: from now on the note is of this one.
      if (before) await noteRestore(config.dataDirectory, own);
      await write(config, { url, own, before, ask, manifest });
      return own;
    }),
  );
  await forgetRestore(config.dataDirectory);
  const { madeAt, clawster } = manifest;
  return { rows: totals.rows, madeAt, clawster, installation: { id, epoch: copy.epoch } };
}

async function refuseUnlessEmpty(dataDirectory: string): Promise<void> {
  const found = (await readdir(dataDirectory)).find((name) => !harmless.test(name));
  if (found)
    throw new BackupTrouble(
      `${dataDirectory} is not empty (it has "${found}"): choose another folder with --data-dir, or move everything but "bots" out of this one`,
    );
}

/** Says what is wrong with the server before it is asked to take anything in. */
async function checkServer(url: string): Promise<void> {
  await (await openDatabase(url, { connectionsMax: 2 })).destroy();
}

/** The earlier restore was killed after its last step but one: nothing is left to do, if it was of the same backup. */
function committed(before: Unfinished, own: Unfinished): Unfinished {
  if (before.backupId === own.backupId) return before;
  throw new BackupTrouble(
    'An earlier restore of another backup was finished but for its last step: restore that one again, or choose an empty folder and database',
  );
}

type Noted = { own: Unfinished; before: Unfinished | undefined };

/** Notes the restore before anything is made, so that whatever breaks it off leaves a folder that says so. */
async function whileNoted<T>(config: Config, { own, before }: Noted, work: () => Promise<T>): Promise<T> {
  const hadKey = (await keyThere(config)) !== undefined;
  if (!before) await noteRestore(config.dataDirectory, own);
  return work().catch(async (error: unknown) => {
    if (!before && (await isRolledBack(config, own))) {
      if (!hadKey) await rm(keyFile(config), { force: true });
      await forgetRestore(config.dataDirectory);
    }
    throw error;
  });
}

/** Whether an external database is as empty as before. One that cannot be asked may hold all, and only the key here opens it. */
async function isRolledBack({ databaseUrl }: Config, own: Unfinished): Promise<boolean> {
  if (!databaseUrl) return false;
  return holdsRestored(databaseUrl, own).then(
    (holds) => !holds,
    () => false,
  );
}

type Writing = Noted & { url: string; ask: Restore; manifest: Manifest };

async function write(config: Config, { url, own, before, ask, manifest }: Writing): Promise<void> {
  await restoreBackup(url, {
    source: ask,
    verified: manifest,
    epoch: own.epoch,
    dataDirectory: config.dataDirectory,
    startMissing: ask.startMissing,
    onProgress: ({ table, rows }) => ask.onProgress?.({ step: 'write', table, rows }),
    // Empty where a service keeps the key.
    beforeCommit: async (key) => {
      if (key.length > 0) await placeKey(config, key, before);
    },
  });
}

/** A key that is kept outside the data folder may be there already; another than the backup's is somebody's, and stays. */
async function placeKey(config: Config, key: Buffer, before: Unfinished | undefined): Promise<void> {
  const there = await keyThere(config);
  if (there?.equals(key)) return;
  if (there && !before)
    throw new BackupTrouble(
      `The key in ${keyFile(config)} is not the backup's: put the backup's there, or move it away, then restore again`,
    );
  await replaceKey(keyFile(config), key);
}

const keyThere = async (config: Config) => (config.keys.current.kind === 'file' ? readKey(keyFile(config)) : undefined);
