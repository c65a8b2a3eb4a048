import { chmod, mkdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { CliRefusal, exitCodes } from '../failure.ts';

/** Makes the data folder, for its owner alone, or says why it cannot be. Answers with the folder of its logs. */
export async function openDataFolder(dataFolder: string): Promise<string> {
  const logs = join(dataFolder, 'logs');
  try {
    await mkdir(logs, { recursive: true, mode: 0o700 });
    // Passing through is left as it is: as root, PostgreSQL runs as another user and may have been let in.
    const { mode } = await stat(dataFolder);
    if ((mode & 0o066) !== 0) await chmod(dataFolder, 0o700);
    return logs;
  } catch (cause) {
    throw new CliRefusal(`The data folder ${dataFolder} cannot be used: ${reasonOf(cause)}`, exitCodes.trouble, {
      cause,
    });
  }
}

function reasonOf(cause: unknown): string {
  const { code, message } = cause as NodeJS.ErrnoException;
  if (code === 'ENOSPC') return 'the disk is full. Free some space and try again.';
  if (code === 'EEXIST' || code === 'ENOTDIR') return 'a file is in its place. Choose another with --data-dir.';
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS')
    return 'it cannot be written or belongs to someone else. Choose another with --data-dir.';
  return message;
}
