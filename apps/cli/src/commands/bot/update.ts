import { z } from 'zod';
import { cliCommand } from '../../command.ts';
import { DisconnectOption } from '../../disconnect-option.ts';
import { CliRefusal, exitCodes } from '../../failure.ts';
import { findBot, findConnector } from '../../find.ts';
import { personalityOf } from './create.ts';

export const update = cliCommand({
  usage: 'bot update <bot>',
  summary: 'Change what a bot should be; a running bot takes it up',
  options: [
    ['--personality <text>', 'who the bot is, in Markdown; @file reads it from a file'],
    ['--connector <name>', 'the model provider'],
    ['--model <model>', 'the model'],
    ['--runtime <version>', 'the OpenClaw version'],
    ['--memory <gigabytes>', 'how much memory it may take'],
    ['--disk <gigabytes>', 'how much of the disk it may take'],
    ['--disconnect <policy>', 'without Clawster: keep working (keep), or minutes until it stops itself'],
  ],
  input: z.object({
    bot: z.string(),
    personality: z.string().optional(),
    connector: z.string().optional(),
    model: z.string().optional(),
    runtime: z.string().optional(),
    memory: z.coerce.number('Give the memory in gigabytes, such as 2').optional(),
    disk: z.coerce.number('Give the disk in gigabytes, such as 5').optional(),
    disconnect: DisconnectOption.optional(),
  }),
  async run({ client }, { bot, personality, connector, model, runtime, memory, disk, disconnect }) {
    const changes = {
      personality: personality === undefined ? undefined : await personalityOf(personality),
      connectorId: connector && (await findConnector(client, connector)).id,
      model,
      runtimeVersion: runtime,
      memoryBytesMax: memory && Math.round(memory * 1_000_000_000),
      disconnect,
      diskBytesMax: disk && Math.round(disk * 1_000_000_000),
    };
    if (Object.values(changes).every((change) => change === undefined))
      throw new CliRefusal('Name what to change, see --help.', exitCodes.usage);
    return client.bots.update({ botId: (await findBot(client, bot)).id, ...changes });
  },
  show: (bot) =>
    `${bot.name} is to be as asked (generation ${bot.generation}). Follow it: clawster bot watch ${bot.name}`,
});
