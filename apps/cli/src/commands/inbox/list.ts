import { InboxKind } from '@clawster/contract/inbox';
import { z } from 'zod';
import { cliCommand } from '../../command.ts';
import { allPages } from '../../find.ts';
import { ago, table } from '../../output.ts';

export const list = cliCommand({
  usage: 'inbox list',
  summary: 'List what waits for a person, the most urgent first',
  options: [
    ['--over', 'what was decided, the newest first'],
    ['--kind <kind>', 'delegation, plan, question, stall, tool or budget'],
    ['--mine', 'only what was given to you'],
  ],
  input: z.object({ over: z.boolean().default(false), kind: InboxKind.optional(), mine: z.boolean().optional() }),
  run: ({ client }, { over, kind, mine }) =>
    allPages((cursor) =>
      client.inbox.list({ state: over ? 'over' : 'open', kind, ...(mine ? { mine } : {}), limit: 200, cursor }),
    ),
  show: (items) =>
    table(
      ['id', 'kind', 'what', 'state', 'since', 'for'],
      items.map(({ id, kind, title, state, createdAt, assignee }) => [
        id,
        kind,
        title,
        state,
        ago(createdAt),
        assignee?.name ?? 'whoever may decide',
      ]),
      'Nothing is there.',
    ),
});
