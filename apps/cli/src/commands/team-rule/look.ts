import { z } from 'zod';
import { cliCommand } from '../../command.ts';
import { allPages, findBot } from '../../find.ts';
import { findTeam } from '../team/find-team.ts';
import { ago, table } from '../../output.ts';

export const show = cliCommand({
  usage: 'team-rule show <team>',
  summary: 'Show the rules of a team; with --json as they can be given to: team-rule set',
  options: [['--version <version>', 'as they were at this version']],
  input: z.object({ team: z.string(), version: z.coerce.number('Give a version, such as 3').int().optional() }),
  run: async ({ client }, { team, version }) =>
    client.teamRules.get({ teamId: (await findTeam(client, team)).id, version }),
  show: ({ rules, version }) =>
    table(
      ['id', 'name', 'when', 'then'],
      rules.map(({ id, name, enabled, when, action }) => [
        id,
        name,
        Object.keys(when).join(', ') || 'always',
        enabled ? action.do : 'off',
      ]),
      `Version ${version} has no rules: nothing is let through.`,
    ),
});

export const versions = cliCommand({
  usage: 'team-rule versions <team>',
  summary: 'List who changed the rules of a team when, the newest first',
  input: z.object({ team: z.string() }),
  async run({ client }, { team }) {
    const { id: teamId } = await findTeam(client, team);
    return allPages((cursor) => client.teamRules.versions({ teamId, limit: 200, cursor }));
  },
  show: (all) =>
    table(
      ['version', 'rules', 'by', 'when', 'note'],
      all.map(({ version, count, author, at, note }) => [`${version}`, `${count}`, author, `${ago(at)} ago`, note]),
      'The team never had a rule: nothing is let through.',
    ),
});

export const test = cliCommand({
  usage: 'team-rule test <team>',
  summary: 'Say what would happen if a bot, or you, asked another for something',
  options: [
    ['--from <bot>', 'who asks; absent: a person'],
    ['--to <bot>', 'who is asked'],
    ['--capability <capability>', 'in place of --to'],
    ['--type <type>', 'kind of task'],
    ['--text <text>', 'what is asked'],
    ['--channel <channel>', 'where it began, such as telegram'],
    ['--untrusted', 'something that people outside wrote is in it'],
  ],
  input: z.object({
    team: z.string(),
    from: z.string().optional(),
    to: z.string().optional(),
    capability: z.string().optional(),
    type: z.string().optional(),
    text: z.string().default(''),
    channel: z.string().optional(),
    untrusted: z.boolean().default(false),
  }),
  async run({ client }, { team, from, to, type: taskType, ...asked }) {
    const { id: teamId } = await findTeam(client, team);
    const fromBotId = from && (await findBot(client, from)).id;
    const toBotId = to && (await findBot(client, to)).id;
    return client.teamRules.test({ teamId, question: { fromBotId, toBotId, taskType, ...asked } });
  },
  show: ({ decision, why, toBotName, passed }) =>
    [
      `${decision}${toBotName && decision !== 'refuse' ? ` (${toBotName})` : ''}: ${why}`,
      ...passed.map(({ ruleName, why: not }) => `  ${ruleName}: ${not}`),
    ].join('\n'),
});
