import { readArchive } from './read-archive.ts';
import { NothingToExport } from './format.ts';
import { writeArchive } from './write-archive.ts';

/** Exit code of an export that found nothing; any other failure is 1. */
const nothingToExport = 3;

/**
 * `supervisor.mjs export <folder>` writes a bot's state to standard output, `supervisor.mjs import <folder>` reads it
 * from standard input. What went wrong is the last line of standard error.
 */
export async function runArchiveCommand(command: 'export' | 'import', directory: string | undefined): Promise<number> {
  try {
    if (!directory) throw new Error(`Say whose state: supervisor ${command} <folder>`);
    const counts =
      command === 'export'
        ? await writeArchive(directory, process.stdout)
        : await readArchive(directory, process.stdin);
    process.stderr.write(`${JSON.stringify(counts)}\n`);
    return 0;
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    return error instanceof NothingToExport ? nothingToExport : 1;
  }
}
