import { z } from 'zod';
import { cliCommand } from '../../command.ts';
import { findBot } from '../../find.ts';
import { confirmByName } from '../../prompt.ts';

export const destroy = cliCommand({
  usage: 'bot destroy <bot>',
  summary: 'Destroy a bot; its state is kept for 7 days unless asked otherwise',
  options: [
    ['--keep-state-days <days>', 'how long its state is kept (7); 0 deletes it at once'],
    ['--yes', 'do not ask'],
  ],
  input: z.object({
    bot: z.string(),
    keepStateDays: z.coerce.number().int().min(0).max(90).default(7),
    yes: z.boolean().default(false),
  }),
  async run({ client, world }, { bot: nameOrId, keepStateDays, yes }) {
    const bot = await findBot(client, nameOrId);
    const message = `Type ${bot.name} to destroy it`;
    await confirmByName(world, { name: bot.name, message, otherwise: 'Nothing was destroyed.' }, yes);
    return client.bots.destroy({ botId: bot.id, keepStateDays });
  },
  show: ({ name, stateKeptUntil: until }) =>
    `${name} is being destroyed. ` +
    (until && Date.parse(until) > Date.now() ? `Its state is kept until ${until}.` : 'Its state goes with it.'),
});
