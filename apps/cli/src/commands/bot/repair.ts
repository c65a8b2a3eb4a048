import { z } from 'zod';
import { mark } from '../../bot-text.ts';
import { cliCommand } from '../../command.ts';
import { findBot } from '../../find.ts';
import { countOpen, findingLines } from '../../finding-text.ts';
import { confirmByName } from '../../prompt.ts';

export const repair = cliCommand({
  usage: 'bot repair <bot>',
  summary: "Stop the bot's gateway, mend what is safe to mend, and start it again",
  options: [['--yes', 'do not ask']],
  input: z.object({ bot: z.string(), yes: z.boolean().default(false) }),
  async run({ client, world, signal }, { bot: nameOrId, yes }) {
    const bot = await findBot(client, nameOrId);
    const message = `${bot.name} will not answer for some minutes. Type its name to go on`;
    await confirmByName(world, { name: bot.name, message, otherwise: 'Nothing was repaired.' }, yes);
    return client.bots.repair({ botId: bot.id }, { signal });
  },
  show: ({ ok, steps, before, after, durationMs }, out) =>
    [
      `${mark(ok, out)} ${countOpen(before)} before, ${countOpen(after)} after, in ${(durationMs / 1000).toFixed(1)} s`,
      ...steps.map((step) => `  ${mark(step.ok, out)} ${step.text}`),
      ...findingLines(after, out),
    ].join('\n'),
});
