import { readFile } from 'node:fs/promises';
import type { Scan, ScanFinding } from './scan.ts';
import { scanBytes } from './scan-source.ts';

/** Looks through the environments and the command lines of processes; one that has ended meanwhile has none. */
export async function scanProcesses(scan: Scan, pids: readonly number[]): Promise<void> {
  if (process.platform !== 'linux')
    return scan.skip('processes', 'The environment of processes can be looked at on Linux alone');
  for (const pid of pids) {
    const name = (await read(`/proc/${pid}/comm`))?.toString().trim() ?? 'a process';
    await scanOne(scan, { pid, file: 'environ', where: 'environment', name });
    await scanOne(scan, { pid, file: 'cmdline', where: 'command-line', name });
  }
}

type Part = { pid: number; file: string; where: ScanFinding['where']; name: string };

async function scanOne(scan: Scan, { pid, file, where, name }: Part): Promise<void> {
  const bytes = await read(`/proc/${pid}/${file}`);
  if (bytes === 'forbidden') return scan.skip(name, `Its ${where.replace('-', ' ')} may not be read`);
  if (!bytes) return;
  scan.found({ where, place: name }, await scanBytes(scan.scanner, bytes, scan.between));
}

async function read(file: string): Promise<Buffer | 'forbidden' | undefined> {
  try {
    return await readFile(file);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EACCES' ? 'forbidden' : undefined;
  }
}
