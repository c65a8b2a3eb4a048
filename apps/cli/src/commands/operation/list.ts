import { z } from 'zod';
import { cliCommand } from '../../command.ts';
import { allPages } from '../../find.ts';
import { operationTable } from '../../operation-text.ts';

export const list = cliCommand({
  usage: 'operation list',
  summary: 'List what is being backed up, restored, moved or cloned',
  options: [['--all', 'also what is over']],
  input: z.object({ all: z.boolean().default(false) }),
  run: ({ client }, { all }) =>
    allPages((cursor) => client.operations.list({ limit: 200, cursor, ...(all ? {} : { active: true }) })),
  show: operationTable,
});
