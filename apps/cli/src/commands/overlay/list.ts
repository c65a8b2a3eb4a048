import { z } from 'zod';
import { cliCommand } from '../../command.ts';
import { allPages, findBot } from '../../find.ts';
import { sayLabels } from '../../label-text.ts';
import { table } from '../../output.ts';

export const list = cliCommand({
  usage: 'overlay list',
  summary: 'List the overlays: small differences of some bots, for a while or until taken away',
  options: [['--bot <bot>', 'only those this bot has']],
  input: z.object({ bot: z.string().optional() }),
  async run({ client }, { bot }) {
    const botId = bot && (await findBot(client, bot)).id;
    return allPages((cursor) => client.overlays.list({ limit: 200, cursor, botId }));
  },
  show: (overlays) =>
    table(
      ['name', 'for', 'priority', 'bots', 'until', 'why'],
      overlays.map(({ name, botName, selector, priority, botCount, expiresAt, reason }) => [
        name,
        botName ?? sayLabels(selector ?? {}),
        String(priority),
        String(botCount),
        expiresAt ?? 'taken away',
        reason,
      ]),
      'There are no overlays. Lay one: clawster overlay create <name> --bot <bot> --settings @holiday.yaml --hours 24',
    ),
});
