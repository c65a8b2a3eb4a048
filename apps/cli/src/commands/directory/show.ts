import type { Directory } from '@clawster/contract/directory';
import { z } from 'zod';
import { cliCommand } from '../../command.ts';
import { ago } from '../../output.ts';

export const show = cliCommand({
  usage: 'directory show',
  summary: 'Show the directory that makes and ends people by SCIM, and the base URL to register there',
  input: z.object({}),
  run: ({ client }) => client.directory.show({}),
  show: ({ directory, baseUrl }) =>
    [
      ...(directory
        ? sayDirectory(directory)
        : ['No directory is connected. Connect one: clawster directory connect <name>']),
      `Base URL: ${baseUrl}`,
    ].join('\n'),
});

function sayDirectory({ name, prefix, setByRole, people, lastUsedAt, oldTokenGoodUntil }: Directory): string[] {
  const waiting = people.inNoGroup > 0 ? `, ${people.inNoGroup} of them in no group with a role` : '';
  return [
    `${name}: token ${prefix}…, last used ${lastUsedAt ? `${ago(lastUsedAt)} ago` : 'never'}`,
    ...(oldTokenGoodUntil ? [`The token before is good until ${oldTokenGoodUntil}`] : []),
    `People: ${people.letIn} let in, ${people.shut} not${waiting}`,
    `It decides over nobody, and gives no role, above ${setByRole}, the role of who connected it.`,
  ];
}
