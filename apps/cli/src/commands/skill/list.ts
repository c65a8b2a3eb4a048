import { z } from 'zod';
import { cliCommand } from '../../command.ts';
import { table } from '../../output.ts';

export const list = cliCommand({
  usage: 'skill list',
  summary: 'List the skills bots can have, each version by its digest',
  input: z.object({}),
  run: async ({ client }) => (await client.skills.list()).items,
  show: (skills) =>
    table(
      ['name', 'digest', 'state', 'found', 'bots', 'what for'],
      skills.map(({ name, digest, status, findings, botCount, description }) => [
        name,
        digest.slice(0, 19),
        status === 'held' ? 'held back' : 'ready',
        String(findings.length),
        String(botCount),
        description,
      ]),
      'There are no skills. Add one: clawster skill add <name> <folder with SKILL.md>',
    ),
});
