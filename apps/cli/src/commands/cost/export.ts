import { z } from 'zod';
import { cliCommand } from '../../command.ts';
import { writeNewFile } from '../../write-new-file.ts';
import { dayOptions, DaysInput, whoseOf, whoseOptions, WhoseInput } from './filter.ts';

export const exportCosts = cliCommand({
  usage: 'cost export',
  summary:
    'Write what bots cost as CSV: a line for each day, bot, channel, model and connector, with the team of the bot',
  options: [...whoseOptions, ...dayOptions, ['--file <file>', 'into a new file, instead of to standard output']],
  input: WhoseInput.extend({ ...DaysInput.shape, file: z.string().optional() }),
  async run({ client, out, signal }, { file, from, to, ...whose }) {
    const parts = client.costs.export({ ...(await whoseOf(client, whose)), from, to }, { signal });
    if (file) await writeNewFile(file, parts);
    else for await (const part of parts) out.write(part);
    return undefined;
  },
});
