import { z } from 'zod';
import { cliCommand } from '../../command.ts';
import { writeNewFile } from '../../write-new-file.ts';
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
    if (file) await writeNewFile(file, parts);
    else for await (const part of parts) out.write(part);
    return undefined;
  },
});
