import type { KeyOverview } from '@clawster/contract/key';
import { z } from 'zod';
import { cliCommand } from '../../command.ts';
import { ago, table } from '../../output.ts';
import { jobSentence } from '../../watch-key-job.ts';

export const list = cliCommand({
  usage: 'key list',
  summary: 'List the keys that protect the secrets, and what is under each',
  input: z.object({}),
  run: ({ client }) => client.keys.list(),
  show: (overview) => [keyTable(overview), ...overview.jobs.map(jobSentence), ...retiredSentence(overview)].join('\n'),
});

function keyTable({ items }: KeyOverview): string {
  return table(
    ['key', 'use', 'data keys', 'secrets', 'looked at', 'trouble'],
    items.map(({ id, use, dataKeys, secrets, lookedAt, trouble }) => [
      id,
      use,
      String(dataKeys),
      String(secrets),
      lookedAt ? `${ago(lookedAt)} ago` : '',
      trouble ?? (use === 'missing' ? 'This server does not hold it: name it in CLAWSTER_FORMER_KEYS' : ''),
    ]),
    'There is no key.',
  );
}

/** Why an old data key is still there. */
function retiredSentence({ retired }: KeyOverview): string[] {
  if (retired.keys === 0) return [];
  const { secrets, backups, answers } = retired;
  return [
    `${retired.keys} retired data keys are kept for ${secrets} secrets, ${backups} backups and ${answers} answers that are kept for a day.`,
  ];
}
