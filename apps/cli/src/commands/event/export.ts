import { open } from 'node:fs/promises';
import { z } from 'zod';
import { cliCommand } from '../../command.ts';
import { CliRefusal } from '../../failure.ts';
import { filterOf, filterOptions, FilterInput } from './filter.ts';

export const exportEvents = cliCommand({
  usage: 'event export',
  summary: 'Write what happened, oldest first, an event a line',
  options: [
    ...filterOptions,
    ['--format <format>', 'jsonl or csv (jsonl)'],
    ['--file <file>', 'into a new file, instead of to standard output'],
  ],
  input: FilterInput.extend({ format: z.enum(['jsonl', 'csv']).default('jsonl'), file: z.string().optional() }),
  async run({ client, out, signal }, { format, file, ...input }) {
    const parts = client.events.export({ format, ...(await filterOf(client, input)) }, { signal });
    if (file) await writeTo(file, parts);
    else for await (const part of parts) out.write(part);
    return undefined;
  },
});

/** A file of its own, which nobody else may read. */
async function writeTo(file: string, parts: AsyncIterable<string>): Promise<void> {
  const handle = await open(file, 'wx', 0o600).catch((cause: NodeJS.ErrnoException) => {
    const why = cause.code === 'EEXIST' ? 'is there already: choose another name' : `cannot be written (${cause.code})`;
    throw new CliRefusal(`${file} ${why}`, undefined, { cause });
  });
  try {
    for await (const part of parts) await handle.write(part);
  } finally {
    await handle.close();
  }
}
