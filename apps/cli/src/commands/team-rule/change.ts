import { TeamRules } from '@clawster/contract/team-rule';
import { z } from 'zod';
import { cliCommand } from '../../command.ts';
import { findTeam } from '../team/find-team.ts';
import { ago, table } from '../../output.ts';
import { readDocument } from '../../read-document.ts';

/** A list of rules, or what `team-rule show --json` printed. */
async function rulesIn(text: string): Promise<TeamRules> {
  const document = await readDocument(text);
  const isWhole = typeof document === 'object' && document !== null && 'rules' in document;
  return TeamRules.parse(isWhole ? document.rules : document);
}

export const set = cliCommand({
  usage: 'team-rule set <team> <rules>',
  summary: 'Replace the rules of a team by those of a file: @rules.yaml',
  options: [['--note <note>', 'what was changed, and why']],
  input: z.object({ team: z.string(), rules: z.string(), note: z.string().default('') }),
  async run({ client }, { team, rules, note }) {
    const { id: teamId } = await findTeam(client, team);
    const { version: baseVersion } = await client.teamRules.get({ teamId });
    return client.teamRules.set({ teamId, baseVersion, rules: await rulesIn(rules), note });
  },
  show: ({ version, rules }) =>
    `Version ${version} holds, with ${rules.length} rules. What is under way stays as it was decided.`,
});

export const replay = cliCommand({
  usage: 'team-rule replay <team> <rules>',
  summary: 'Say what other rules (@rules.yaml) would have made of what was asked lately',
  options: [['--days <count>', 'of so many days (7)']],
  input: z.object({
    team: z.string(),
    rules: z.string(),
    days: z.coerce.number('Give the days, such as 7').int().default(7),
  }),
  run: async ({ client }, { team, rules, days }) =>
    client.teamRules.replay({ teamId: (await findTeam(client, team)).id, rules: await rulesIn(rules), days }),
  show: ({ changed, same, looked }) =>
    table(
      ['asked', 'from', 'to', 'task', 'was', 'would be', 'why'],
      changed.map(({ at, fromName, toName, text, was, wouldBe, why }) => [
        `${ago(at)} ago`,
        fromName,
        toName,
        text.slice(0, 60),
        was,
        wouldBe,
        why,
      ]),
      `All ${looked} would have gone the same way (${same}).`,
    ),
});
