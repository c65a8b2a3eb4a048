import { EventType } from '@clawster/contract/event';
import { z } from 'zod';
import { cliCommand } from '../../command.ts';
import { findBot } from '../../find.ts';
import { table } from '../../output.ts';
import { actorText } from './text.ts';

export const list = cliCommand({
  usage: 'event list',
  summary: 'List what happened, newest first',
  options: [
    ['--bot <bot>', 'only what is about this bot'],
    ['--type <type>', 'only this type, such as bot-created'],
    ['--limit <count>', 'how many (50)'],
  ],
  input: z.object({
    bot: z.string().optional(),
    type: EventType.optional(),
    limit: z.coerce.number().int().min(1).max(200).default(50),
  }),
  async run({ client }, { bot, type, limit }) {
    const subjectId = bot && (await findBot(client, bot)).id;
    return (await client.events.list({ limit, type, subjectId })).items;
  },
  show: (events) =>
    table(
      ['at', 'what', 'about', 'by'],
      events.map((event) => [event.at, event.type, event.subjectName ?? event.subjectId ?? '', actorText(event)]),
      'Nothing happened yet.',
    ),
});
