import { z } from 'zod';
import { cliCommand } from '../../command.ts';
import { findBot } from '../../find.ts';

export const logs = cliCommand({
  usage: 'bot logs <bot>',
  summary: "Print the last lines of a bot's logs",
  options: [
    ['--follow', 'go on with what comes after them, until Ctrl-C'],
    ['--lines <count>', 'how many lines (200)'],
  ],
  input: z.object({
    bot: z.string(),
    follow: z.boolean().default(false),
    lines: z.coerce.number().int().min(1).max(2_000).default(200),
  }),
  async *run({ client, signal }, { bot, follow, lines }) {
    yield* client.bots.logs({ botId: (await findBot(client, bot)).id, follow, lines }, { signal });
  },
  show(line, out) {
    const level = line.level ? `${line.level.toUpperCase().padEnd(5)} ` : '';
    const text = /^(error|fatal)$/i.test(line.level ?? '') ? out.colour('red', line.text) : line.text;
    return `${out.colour('dim', line.at ?? '')} ${line.source.padEnd(10)} ${level}${text}`.trimStart();
  },
});
