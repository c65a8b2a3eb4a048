import { z } from 'zod';
import { cliCommand } from '../../command.ts';
import { keepCheckpoint } from './checkpoint-file.ts';

export const checkpoint = cliCommand({
  usage: 'audit checkpoint',
  summary: 'Print the signed end of the audit trail, to be kept elsewhere',
  options: [['--append <file>', 'add it to this file instead']],
  input: z.object({ append: z.string().optional() }),
  async run({ client }, { append }) {
    const end = await client.audit.checkpoint({});
    if (append) await keepCheckpoint(append, end);
    return { checkpoint: end, append };
  },
  show: ({ checkpoint: end, append }) =>
    append ? `Seal ${end.number}, of ${end.at}, is kept in ${append}.` : JSON.stringify(end),
});
