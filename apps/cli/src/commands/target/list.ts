import type { Target } from '@clawster/contract/target';
import { z } from 'zod';
import { cliCommand } from '../../command.ts';
import { allPages } from '../../find.ts';
import { table } from '../../output.ts';

export const list = cliCommand({
  usage: 'target list',
  summary: 'List where bots can run',
  input: z.object({}),
  run: ({ client }) => allPages((cursor) => client.targets.list({ limit: 200, cursor })),
  show: (targets) => {
    const list = table(
      ['name', 'kind', 'bots', 'health'],
      targets.map(({ name, kind, botCount, health }) => [
        name,
        kind,
        String(botCount),
        health?.message ?? 'not checked yet',
      ]),
      'There is nowhere to run bots yet.',
    );
    return [list, ...targets.filter(({ orphans }) => orphans.length > 0).map(orphansText)].join('\n');
  },
});

const namesMax = 10;

/** Nothing here deletes them: whoever does should look first. */
function orphansText({ name, orphans }: Target): string {
  const names = orphans.slice(0, namesMax).map((orphan) => `${orphan.name} (${orphan.botId})`);
  const rest = orphans.length > namesMax ? ` and ${orphans.length - namesMax} more` : '';
  const what =
    orphans.length === 1
      ? '1 bot that this Clawster does not know'
      : `${orphans.length} bots that this Clawster does not know`;
  return `\n${name} holds ${what}: ${names.join(', ')}${rest}.\nAdopt or destroy them: clawster target orphans ${JSON.stringify(name)}`;
}
