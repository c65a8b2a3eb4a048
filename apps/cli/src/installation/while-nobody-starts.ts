import { isRunning } from '../up/process-identity.ts';
import { claimDataFolder, readRunFile } from '../up/run-file.ts';
import { dataFolderOf, type World } from '../world.ts';

/** Does what needs the database. A Clawster that runs goes on; of one that does not, the database is started for this alone, and must not be pulled away from an `up`. */
export async function whileNobodyStarts<T>(world: World, work: () => Promise<T>): Promise<T> {
  const dataFolder = dataFolderOf(world);
  const run = readRunFile(dataFolder);
  if (run && isRunning(run)) return work();
  const claim = await claimDataFolder(dataFolder).catch(() => undefined);
  return claim && 'release' in claim ? work().finally(claim.release) : work();
}
