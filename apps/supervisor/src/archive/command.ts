import { openWire, type Wire } from './wire.ts';
import { readArchive } from './read-archive.ts';
import { NothingToExport } from './format.ts';
import { writeArchive } from './write-archive.ts';

/** Exit code of an export that found nothing; any other failure is 1. */
const nothingToExport = 3;

const standard: Wire = { input: process.stdin, output: process.stdout, delivered: async () => undefined };

/** Where the archive goes or comes from beside standard input and output, and where the key for that is written. */
type Way = { over?: string; key?: string };

/**
 * `supervisor.mjs export <folder>` writes a bot's state to standard output, `supervisor.mjs import <folder>` reads it
 * from standard input; `--over <host:port> --key <file>` is another way for both. What went wrong is the last line of standard error.
 */
export async function runArchiveCommand(
  command: 'export' | 'import',
  directory: string | undefined,
  { over, key }: Way = {},
): Promise<number> {
  try {
    if (!directory) throw new Error(`Say whose state: supervisor ${command} <folder>`);
    const wire = over === undefined ? standard : await openWire(over, key);
    const counts =
      command === 'export' ? await writeArchive(directory, wire.output) : await readArchive(directory, wire.input);
    await wire.delivered();
    process.stderr.write(`${JSON.stringify(counts)}\n`);
    return 0;
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    return error instanceof NothingToExport ? nothingToExport : 1;
  }
}
