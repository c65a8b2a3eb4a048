import { z } from 'zod';
import { cliCommand } from '../../command.ts';
import { findTeam } from '../team/find-team.ts';

export const set = cliCommand({
  usage: 'context set <team> <key> <text>',
  summary: 'Write an entry; refused where somebody else wrote it since the version you name',
  options: [
    ['--base <version>', 'the version you read; 0: there is none yet (0)'],
    ['--only-lead', 'only the lead of the team sees it'],
    ['--until <time>', 'it is not read any more then, such as 2026-12-31T00:00:00Z'],
    ['--untrusted', 'it stems from people outside'],
  ],
  input: z.object({
    team: z.string(),
    key: z.string(),
    text: z.string(),
    base: z.coerce.number().default(0),
    onlyLead: z.boolean().default(false),
    until: z.string().optional(),
    untrusted: z.boolean().default(false),
  }),
  async run({ client }, { team, key, text, base: baseVersion, onlyLead, until, untrusted }) {
    const { id: teamId } = await findTeam(client, team);
    const visibility = onlyLead ? 'lead' : 'team';
    return client.contextEntries.set({ teamId, key, text, baseVersion, visibility, untrusted, expiresAt: until });
  },
  show: ({ key, version }) => `${key} is at version ${version}.`,
});

export const restore = cliCommand({
  usage: 'context restore <team> <key> <version>',
  summary: 'Write an older version anew, as the newest',
  input: z.object({ team: z.string(), key: z.string(), version: z.coerce.number() }),
  async run({ client }, { team, key, version }) {
    const { id: teamId } = await findTeam(client, team);
    return client.contextEntries.restore({ teamId, key, version });
  },
  show: ({ key, version }) => `${key} is at version ${version}, and as it was.`,
});

export const deleteEntry = cliCommand({
  usage: 'context delete <team> <key>',
  summary: 'Take an entry out; its history stays, and it can be restored',
  input: z.object({ team: z.string(), key: z.string() }),
  async run({ client }, { team, key }) {
    const { id: teamId } = await findTeam(client, team);
    await client.contextEntries.delete({ teamId, key });
    return { key };
  },
  show: ({ key }) => `The team knows nothing under ${key} any more. See what it knew: clawster context history`,
});
