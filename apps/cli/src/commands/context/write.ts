import type { Client } from '@clawster/client/client';
import type { Visibility } from '@clawster/contract/context-entry';
import { z } from 'zod';
import { cliCommand } from '../../command.ts';
import { CliRefusal, exitCodes } from '../../failure.ts';
import { findBot } from '../../find.ts';
import { Names } from '../../names.ts';
import { findTeam } from '../team/find-team.ts';

export const set = cliCommand({
  usage: 'context set <team> <key> <text>',
  summary: 'Write an entry; refused where somebody else wrote it since the version you name',
  options: [
    ['--base <version>', 'the version you read; 0: there is none yet (0)'],
    ['--only-lead', 'only the lead of the team sees it'],
    ['--only-bots <bots>', 'only these members see it, with commas between'],
    ['--all', 'all of the team see it; without one of the three it stays as it is (all)'],
    ['--until <time>', 'it is not read any more then, such as 2026-12-31T00:00:00Z'],
    ['--untrusted', 'it stems from people outside'],
  ],
  input: z.object({
    team: z.string(),
    key: z.string(),
    text: z.string(),
    base: z.coerce.number('Give the version you read, such as 3').default(0),
    onlyLead: z.boolean().default(false),
    onlyBots: Names.optional(),
    all: z.boolean().default(false),
    until: z.string().optional(),
    untrusted: z.boolean().default(false),
  }),
  async run({ client }, { team, key, text, base: baseVersion, until, untrusted, ...who }) {
    const { id: teamId } = await findTeam(client, team);
    const visibility = (await wanted(client, who)) ?? (await before(client, { teamId, key, baseVersion }));
    return client.contextEntries.set({ teamId, key, text, baseVersion, visibility, untrusted, expiresAt: until });
  },
  show: ({ key, version }) => `${key} is at version ${version}.`,
});

type Who = { onlyLead: boolean; onlyBots?: string[] | undefined; all: boolean };

/** Who is to see it, where that is said. */
async function wanted(client: Client, { onlyLead, onlyBots, all }: Who): Promise<Visibility | undefined> {
  if ([onlyLead, onlyBots !== undefined, all].filter(Boolean).length > 1)
    throw new CliRefusal('Say --only-lead, --only-bots or --all: one of the three.', exitCodes.usage);
  if (onlyBots) return { bots: (await Promise.all(onlyBots.map((name) => findBot(client, name)))).map(({ id }) => id) };
  if (onlyLead) return 'lead';
  return all ? 'team' : undefined;
}

type Base = { teamId: string; key: string; baseVersion: number };

/** What was for some only is not shown to all because somebody corrects it. */
async function before(client: Client, { teamId, key, baseVersion }: Base): Promise<Visibility> {
  if (baseVersion === 0) return 'team';
  return (await client.contextEntries.get({ teamId, key })).visibility;
}

export const restore = cliCommand({
  usage: 'context restore <team> <key> <version>',
  summary: 'Write an older version anew, as the newest',
  input: z.object({ team: z.string(), key: z.string(), version: z.coerce.number('Give a version, such as 3') }),
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
