import { z } from 'zod';
import { cliCommand } from '../../command.ts';
import { table } from '../../output.ts';

export const list = cliCommand({
  usage: 'runtime list',
  summary: 'List the OpenClaw versions Clawster was tested with',
  input: z.object({}),
  run: async ({ client }) => (await client.runtimes.list()).items,
  show: (runtimes) =>
    table(
      ['version', 'phase', 'bots', ''],
      runtimes.map(({ version, phase, botCount, recommended, message }) => [
        version,
        phase,
        String(botCount),
        recommended ? `recommended. ${message}` : message,
      ]),
      'No OpenClaw version is known.',
    ),
});
