import { labelsOf, Selector } from '@clawster/contract/label';
import { z } from 'zod';
import { cliCommand } from '../../command.ts';
import { CliRefusal, exitCodes } from '../../failure.ts';
import { findBot } from '../../find.ts';
import { sayLabels } from '../../label-text.ts';

export const label = cliCommand({
  usage: 'bot label <bot>',
  summary: 'Give a bot labels, or take them away; who reaches it by them changes at once',
  options: [
    ['--set <labels>', 'such as team=support,env=live; others stay'],
    ['--remove <name...>', 'take these away'],
  ],
  input: z.object({ bot: z.string(), set: Selector.optional(), remove: z.array(z.string()).optional() }),
  async run({ client }, { bot: wanted, set, remove = [] }) {
    if (!set && remove.length === 0)
      throw new CliRefusal('Name labels to set or to remove, see --help.', exitCodes.usage);
    const bot = await findBot(client, wanted);
    const kept = Object.entries(bot.labels).filter(([name]) => !remove.includes(name));
    return client.bots.label({
      botId: bot.id,
      labels: { ...Object.fromEntries(kept), ...(set ? labelsOf(set) : {}) },
    });
  },
  show: ({ name, labels }) => `${name}: ${sayLabels(labels) || 'no labels'}`,
});
