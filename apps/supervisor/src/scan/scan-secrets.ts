import type { SupervisorParams } from '@clawster/link/supervisor-methods';
import { beginScan, type ScanReport } from '@clawster/link/scan/scan';
import { scanFolder } from '@clawster/link/scan/scan-folder';
import { scanProcesses } from '@clawster/link/scan/scan-process';
import { createScanner } from '@clawster/link/scan/scanner';
import { processTree } from '../host/process-tree.ts';
import { type Context, SupervisorRefusal } from '../link/serve-request.ts';

/** What is of a bot on its host: its folder, and the one its socket lies in when that is another. */
export type ScannedPlaces = { directory: string; socketFolder: string | undefined };

/**
 * How a bot's host is looked through for secrets: every file, and what its processes were started with, this one's too.
 * One look at a time; another that is asked for meanwhile is refused.
 */
export function createSecretScan({ directory, socketFolder }: ScannedPlaces) {
  let isUnderWay = false;

  return async (
    { salt, fingerprints }: SupervisorParams<'secrets.scan'>,
    { signal }: Pick<Context, 'signal'>,
  ): Promise<ScanReport> => {
    if (isUnderWay) throw new SupervisorRefusal('refused', 'This bot is being looked through for secrets already');
    isUnderWay = true;
    try {
      const scan = beginScan(createScanner(salt, fingerprints), signal);
      // First: what a process is started with may be gone when the files were looked through.
      await scanProcesses(scan, await processTree(process.pid));
      await scanFolder(scan, { directory });
      if (socketFolder) await scanFolder(scan, { directory: socketFolder, told: socketFolder });
      return scan.report();
    } finally {
      isUnderWay = false;
    }
  };
}
