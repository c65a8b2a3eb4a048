import { z } from 'zod';
import { cliCommand } from '../../command.ts';
import { CliRefusal, exitCodes } from '../../failure.ts';
import { delegationText } from '../../delegation-text.ts';
import { findBot } from '../../find.ts';
import { findTeam } from '../team/find-team.ts';

export const create = cliCommand({
  usage: 'delegation create <title> <text>',
  summary: 'Ask a bot of a team for something; the rules of the team decide',
  options: [
    ['--team <team>', 'whose bot is asked'],
    ['--to <bot>', 'who is asked'],
    ['--capability <capability>', 'in place of --to: whoever can do this, such as code-review'],
    ['--type <type>', 'kind of task, where rules tell kinds apart'],
    ['--minutes <count>', 'for how long it may take'],
  ],
  input: z.object({
    title: z.string(),
    text: z.string(),
    team: z.string('Say whose bot is asked: --team <team>'),
    to: z.string().optional(),
    capability: z.string().optional(),
    type: z.string().optional(),
    minutes: z.coerce.number('Give the minutes, such as 30').int().optional(),
  }),
  async run({ client }, { title, text, team, to, capability, type: taskType, minutes }) {
    if ((to === undefined) === (capability === undefined))
      throw new CliRefusal('Say --to or --capability: one of the two.', exitCodes.usage);
    const { id: teamId } = await findTeam(client, team);
    const toBotId = to && (await findBot(client, to)).id;
    return client.delegations.create({ teamId, toBotId, capability, title, text, taskType, minutes });
  },
  show: delegationText,
});
