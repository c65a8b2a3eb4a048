import type { Client } from '@clawster/client/client';
import { z } from 'zod';
import { cliCommand } from '../../command.ts';
import { CliRefusal, exitCodes } from '../../failure.ts';
import { allPages, findConnector, findTarget } from '../../find.ts';
import { Answers } from '../../settings-option.ts';
import { sayTeam } from '../../team-text.ts';
import { waitInput, waitOptions } from '../../waiting.ts';
import { membersReady } from './members-ready.ts';

export const deploy = cliCommand({
  usage: 'team deploy <template>',
  summary: 'Make a team of a template with all its bots, rules and limits: all of it or nothing',
  options: [
    ['--name <name>', "the team's name; without one the template's"],
    ['--set <name=value...>', 'answers to what the template asks, such as company=Acme'],
    ['--bots <key=name...>', 'other names of its bots, such as lead=Ada'],
    ['--connector <name>', 'the model provider; without one the demo model answers'],
    ['--model <model>', "the model, when it is not the connector's own"],
    ['--target <name>', 'where its bots run; without one on the first target'],
    ...waitOptions,
  ],
  input: z.object({
    template: z.string(),
    name: z.string().optional(),
    set: Answers,
    bots: Answers,
    connector: z.string().optional(),
    model: z.string().optional(),
    target: z.string().optional(),
    ...waitInput,
  }),
  async run(context, { template, name, set, bots, connector, model, target, ...waiting }) {
    const { client, signal } = context;
    const { items } = await client.teams.templates({});
    const team = await client.teams.deploy(
      {
        template,
        name: name ?? items.find(({ id }) => id === template)?.name ?? template,
        connectorId: await connectorIdOf(client, connector),
        model,
        ...(target ? { targetId: (await findTarget(client, target)).id } : {}),
        botNames: Object.fromEntries(Object.entries(bots ?? {}).map(([key, one]) => [key, String(one)])),
        variables: set,
      },
      { signal },
    );
    if (!waiting.wait) return team;
    await membersReady(context, team, waiting);
    return client.teams.get({ teamId: team.id });
  },
  show: (team) =>
    `${sayTeam(team)}\nSet it a goal: clawster goal create ${JSON.stringify(team.name)} "…" --measure "…"`,
});

async function connectorIdOf(client: Client, wanted: string | undefined): Promise<string> {
  if (wanted !== undefined) return (await findConnector(client, wanted)).id;
  const all = await allPages((cursor) => client.connectors.list({ limit: 200, cursor }));
  const demo = all.find(({ provider }) => provider === 'demo');
  if (!demo)
    throw new CliRefusal('There is no demo model in this workspace: choose one with --connector.', exitCodes.usage);
  return demo.id;
}
