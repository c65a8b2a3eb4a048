import { z } from 'zod';
import { cliCommand } from '../../command.ts';
import { allPages, findBot } from '../../find.ts';
import { ago, sizeText, table } from '../../output.ts';

export const list = cliCommand({
  usage: 'backup list [bot]',
  summary: 'List backups, newest first',
  input: z.object({ bot: z.string().optional() }),
  async run({ client }, { bot }) {
    const botId = bot ? (await findBot(client, bot)).id : undefined;
    return allPages((cursor) => client.backups.list({ limit: 200, cursor, ...(botId ? { botId } : {}) }));
  },
  show: (backups) =>
    table(
      ['id', 'bot', 'taken', 'size', 'runtime'],
      backups.map(({ id, botName, createdAt, bytes, runtimeVersion }) => [
        id,
        botName,
        `${ago(createdAt)} ago`,
        sizeText(bytes),
        runtimeVersion,
      ]),
      'No backups yet. Take one: clawster backup create <bot> --wait',
    ),
});
