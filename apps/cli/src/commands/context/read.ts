import type { ContextEntry } from '@clawster/contract/context-entry';
import { z } from 'zod';
import { cliCommand } from '../../command.ts';
import { allPages } from '../../find.ts';
import { ago, table } from '../../output.ts';
import { findTeam } from '../team/find-team.ts';

export const list = cliCommand({
  usage: 'context list <team>',
  summary: 'List what a team knows, by key',
  options: [
    ['--prefix <text>', 'keys that begin so'],
    ['--search <words>', 'keys and texts that hold these words'],
  ],
  input: z.object({ team: z.string(), prefix: z.string().optional(), search: z.string().optional() }),
  async run({ client }, { team, ...filter }) {
    const { id: teamId } = await findTeam(client, team);
    return allPages((cursor) => client.contextEntries.list({ teamId, ...filter, limit: 200, cursor }));
  },
  show: (entries) =>
    sayEntries(entries, 'The team knows nothing of the kind. Write: clawster context set <team> <key>'),
});

export const history = cliCommand({
  usage: 'context history <team> <key>',
  summary: 'List the versions of an entry, the newest first',
  input: z.object({ team: z.string(), key: z.string() }),
  async run({ client }, { team, key }) {
    const { id: teamId } = await findTeam(client, team);
    return allPages((cursor) => client.contextEntries.history({ teamId, key, limit: 200, cursor }));
  },
  show: (entries) => sayEntries(entries, 'Nothing was ever written under this key.'),
});

export const show = cliCommand({
  usage: 'context show <team> <key>',
  summary: 'Show an entry, as it is or was at a version',
  options: [['--version <number>', 'as it was then']],
  input: z.object({
    team: z.string(),
    key: z.string(),
    version: z.coerce.number('Give a version, such as 3').optional(),
  }),
  async run({ client }, { team, key, version }) {
    const { id: teamId } = await findTeam(client, team);
    return client.contextEntries.get({ teamId, key, version });
  },
  show: ({ key, version, author, untrusted, text, isDeleted }) =>
    [
      `${key}, version ${version}, by ${author.name}${untrusted ? ', stems from people outside' : ''}`,
      isDeleted ? '(There is nothing any more.)' : (text ?? '(Reading it needs the permission conversation:read.)'),
    ].join('\n\n'),
});

function sayEntries(entries: ContextEntry[], none: string): string {
  return table(
    ['key', 'version', 'by', 'for', 'from outside', 'since'],
    entries.map(({ key, version, author, visibility, untrusted, isDeleted, at }) => [
      key,
      `${version}${isDeleted ? ' (deleted)' : ''}`,
      author.name,
      typeof visibility === 'string' ? visibility : `${visibility.bots.length} bots`,
      untrusted ? 'yes' : '',
      ago(at),
    ]),
    none,
  );
}
