import { z } from 'zod';
import { cliCommand } from '../../command.ts';
import { allPages } from '../../find.ts';
import { table } from '../../output.ts';

export const list = cliCommand({
  usage: 'connector list',
  summary: 'List model providers',
  input: z.object({}),
  run: ({ client }) => allPages((cursor) => client.connectors.list({ limit: 200, cursor })),
  show: (connectors) =>
    table(
      ['name', 'provider', 'model', 'key', 'bots', 'last check'],
      connectors.map(({ name, provider, model, hasApiKey, botCount, check }) => [
        name,
        provider,
        model,
        hasApiKey ? 'yes' : 'no',
        String(botCount),
        check?.message ?? 'not checked yet',
      ]),
      'No model provider yet. Attach one: clawster connector create OpenAI --model <model>',
    ),
});
