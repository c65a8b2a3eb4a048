import { access, constants, mkdir, readFile, statfs } from 'node:fs/promises';
import { freemem } from 'node:os';
import { gigabytes } from '@clawster/target/gigabytes';

/** An idle gateway takes 0.8 GB and grows to 1.1 GB after some turns. */
const memoryBytesMin = 1e9;

/** Whether one more bot could live in this folder now; the sentence says why not, or how much room there is. */
export async function probeMachine(directory: string, diskBytesMin: number): Promise<{ ok: boolean; message: string }> {
  const unwritable = await mkdir(directory, { recursive: true, mode: 0o700 })
    .then(() => access(directory, constants.W_OK | constants.X_OK))
    .then(
      () => undefined,
      (error: NodeJS.ErrnoException) => error,
    );
  if (unwritable)
    return no(
      `Clawster cannot write to ${directory} (${unwritable.code}). Give that folder to the user Clawster runs as`,
    );

  const disk = await statfs(directory);
  const diskBytes = disk.bavail * disk.bsize;
  if (diskBytes < diskBytesMin)
    return no(
      `Only ${gigabytes(diskBytes)} of disk are free at ${directory}; ${gigabytes(diskBytesMin)} are to stay free for all else. Free some space`,
    );

  const memoryBytes = await availableMemory();
  if (memoryBytes < memoryBytesMin)
    return no(
      `Only ${gigabytes(memoryBytes)} of memory are free; a bot needs ${gigabytes(memoryBytesMin)}. Stop a bot or another program`,
    );
  return { ok: true, message: `${gigabytes(memoryBytes)} of memory and ${gigabytes(diskBytes)} of disk are free` };
}

function no(message: string) {
  return { ok: false, message };
}

/** On Linux what programs could get, which counts the file cache as free; elsewhere what the system calls free. */
async function availableMemory(): Promise<number> {
  const text = await readFile('/proc/meminfo', 'utf8').catch(() => '');
  const kibibytes = text.match(/^MemAvailable:\s+(\d+) kB/m)?.[1];
  return kibibytes === undefined ? freemem() : Number(kibibytes) * 1024;
}
