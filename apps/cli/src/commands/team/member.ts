import { Capabilities } from '@clawster/contract/team';
import { z } from 'zod';
import { cliCommand } from '../../command.ts';
import { findBot } from '../../find.ts';
import { Names } from '../../names.ts';
import { sayTeam } from '../../team-text.ts';
import { findTeam } from './find-team.ts';

const both = { team: z.string(), bot: z.string() };

export const setMember = cliCommand({
  usage: 'team member set <team> <bot>',
  summary: 'Take a bot into a team, or change what it is there; what is not said stays',
  options: [
    ['--title <title>', 'what it is in the team, such as Support'],
    ['--capabilities <capabilities>', 'what it can be asked for, with commas between'],
    ['--may-delegate <yes|no>', 'whether it may pass tasks on'],
  ],
  input: z.object({
    ...both,
    title: z.string().optional(),
    capabilities: Names.pipe(Capabilities).optional(),
    mayDelegate: z.enum(['yes', 'no']).optional(),
  }),
  async run({ client }, { team: wanted, bot: named, title, capabilities, mayDelegate }) {
    const [team, bot] = [await findTeam(client, wanted), await findBot(client, named)];
    const { members } = await client.teams.get({ teamId: team.id });
    const before = members.find(({ botId }) => botId === bot.id);
    return client.teams.setMember({
      teamId: team.id,
      botId: bot.id,
      title: title ?? before?.title,
      capabilities: capabilities ?? before?.capabilities,
      mayDelegate: mayDelegate === undefined ? before?.mayDelegate : mayDelegate === 'yes',
    });
  },
  show: sayTeam,
});

export const removeMember = cliCommand({
  usage: 'team member remove <team> <bot>',
  summary: 'Take a bot out of a team: what it works at for the team is cancelled',
  input: z.object(both),
  async run({ client }, { team, bot }) {
    const teamId = (await findTeam(client, team)).id;
    return client.teams.removeMember({ teamId, botId: (await findBot(client, bot)).id });
  },
  show: sayTeam,
});
