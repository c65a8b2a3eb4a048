import { z } from 'zod';
import { cliCommand } from '../../command.ts';
import { allPages } from '../../find.ts';
import { secretTable } from '../../secret-text.ts';

export const list = cliCommand({
  usage: 'secret list',
  summary: 'List the secrets: what uses them, and when they are to be replaced; never their values',
  options: [['--search <text>', 'those whose name holds it']],
  input: z.object({ search: z.string().optional() }),
  run: ({ client }, { search }) =>
    allPages((cursor) => client.secrets.list({ limit: 200, cursor, ...(search ? { search } : {}) })),
  show: secretTable,
});
