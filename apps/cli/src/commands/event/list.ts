import { z } from 'zod';
import { cliCommand } from '../../command.ts';
import { table } from '../../output.ts';
import { filterOf, filterOptions, FilterInput } from './filter.ts';
import { actorText } from './text.ts';

export const list = cliCommand({
  usage: 'event list',
  summary: 'List what happened, newest first',
  options: [...filterOptions, ['--limit <count>', 'how many (50)']],
  input: FilterInput.extend({ limit: z.coerce.number().int().min(1).max(200).default(50) }),
  async run({ client }, { limit, ...input }) {
    return (await client.events.list({ limit, ...(await filterOf(client, input)) })).items;
  },
  show: (events) =>
    table(
      ['at', 'what', 'about', 'by', 'from'],
      events.map((event) => [
        event.at,
        event.type,
        event.subjectName ?? event.subjectId ?? '',
        actorText(event),
        event.origin?.address ?? '',
      ]),
      'Nothing that fits happened yet.',
    ),
});
