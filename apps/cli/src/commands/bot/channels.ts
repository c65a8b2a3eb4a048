import { z } from 'zod';
import { botChannelTable } from '../../channel-text.ts';
import { cliCommand } from '../../command.ts';
import { findBot } from '../../find.ts';

export const channels = cliCommand({
  usage: 'bot channels <bot>',
  summary: 'List the channels of a bot, and how each was last seen',
  options: [['--probe', 'have the running bot look at them now']],
  input: z.object({ bot: z.string(), probe: z.boolean().default(false) }),
  async run({ client, signal }, { bot, probe }) {
    const { id: botId } = await findBot(client, bot);
    const { items } = await (probe ? client.channels.probe({ botId }, { signal }) : client.channels.ofBot({ botId }));
    return items;
  },
  show: botChannelTable,
});
