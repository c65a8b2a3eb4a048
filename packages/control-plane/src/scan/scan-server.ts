import { beginScan } from '@clawster/link/scan/scan';
import { scanFolder } from '@clawster/link/scan/scan-folder';
import { scanProcesses } from '@clawster/link/scan/scan-process';
import type { Scanner } from '@clawster/link/scan/scanner';
import type { ControlPlane } from '../plane.ts';
import { seenIn, type SeenPlace } from './seen-place.ts';
import type { Sought } from './sought.ts';

export type ServerScan = { deep: boolean; sought: Sought; scanner: Scanner; signal: AbortSignal };

/** Looks through what is this server's own on its disk, and what its process was started with. The folders of bots are theirs. */
export async function scanServer(
  { settings }: Pick<ControlPlane, 'settings'>,
  { deep, sought, scanner, signal }: ServerScan,
): Promise<SeenPlace> {
  const { folders, except, databaseFolder } = settings.ownFiles;
  const scan = beginScan(scanner, signal);
  await scanProcesses(scan, [process.pid]);
  const left = [...except, databaseFolder];
  for (const directory of folders) await scanFolder(scan, { directory, told: directory, except: left });
  // By itself: it may lie outside of the others.
  if (deep) await scanFolder(scan, { directory: databaseFolder, told: databaseFolder });
  return seenIn(scan.report(), sought, scanner);
}
