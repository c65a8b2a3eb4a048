import { z } from 'zod';
import { cliCommand } from '../../command.ts';
import { findBot } from '../../find.ts';
import { Names } from '../../names.ts';
import { sayTeam } from '../../team-text.ts';

export const create = cliCommand({
  usage: 'team create <name>',
  summary: 'Make a team of bots there are; they may ask each other for nothing until a rule lets them',
  options: [
    ['--lead <bot>', 'the bot that leads it'],
    ['--members <bots>', 'others, with commas between'],
    ['--charter <text>', 'what the team is there for: each member is told'],
    ['--approvals-by-another', 'whoever set a goal leaves approvals to somebody else, while there is somebody who may'],
  ],
  input: z.object({
    name: z.string(),
    lead: z.string('Say who leads: --lead <bot>'),
    members: Names.default([]),
    charter: z.string().optional(),
    approvalsByAnother: z.boolean().default(false),
  }),
  async run({ client }, { name, lead, members, charter, approvalsByAnother }) {
    const bots = await Promise.all(members.map((member) => findBot(client, member)));
    return client.teams.create({
      name,
      charter,
      approvalsByAnother,
      lead: { botId: (await findBot(client, lead)).id },
      members: bots.map(({ id }) => ({ botId: id })),
    });
  },
  show: (team) =>
    `${sayTeam(team)}\nSay what each can be asked for: clawster team member set ${JSON.stringify(team.name)} <bot> --capabilities support`,
});
