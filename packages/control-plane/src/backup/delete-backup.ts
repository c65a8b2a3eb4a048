import { api } from '@clawster/contract/api';
import { Refusal } from '@clawster/domain/refusal';
import { command } from '../command.ts';
import { removeBackupFile } from './backup-file.ts';
import { isInUse, lockBackup, toBackup } from './backup.queries.ts';

/** The file first: were it the row, a crash between would leave a file that nobody knows of. */
export const deleteBackup = command(api.backups.delete, async ({ tx, record, plane }, { backupId }) => {
  const backup = await lockBackup(tx, backupId);
  if (await isInUse(tx, backupId))
    throw new Refusal('conflict', 'A bot is being restored from this backup: wait until that is done, or cancel it');
  await removeBackupFile({ directory: plane.settings.backupsDirectory, backupId });
  await tx.deleteFrom('backup').where('id', '=', backupId).execute();
  await record({
    type: 'backup-deleted',
    subjectId: backup.botId,
    subjectName: backup.botName,
    detail: { backupId, takenAt: backup.createdAt.toISOString() },
  });
  return toBackup(backup);
});
