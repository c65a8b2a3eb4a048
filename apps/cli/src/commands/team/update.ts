import { z } from 'zod';
import { cliCommand } from '../../command.ts';
import { CliRefusal, exitCodes } from '../../failure.ts';
import { findBot } from '../../find.ts';
import { sayTeam } from '../../team-text.ts';
import { findTeam } from './find-team.ts';

const yesOrNo = z.enum(['yes', 'no'], 'Say yes or no').transform((word) => word === 'yes');
const count = z.coerce.number('Give a number').int().optional();

export const update = cliCommand({
  usage: 'team update <team>',
  summary: "Change a team's name, charter, lead, limits or who approves",
  options: [
    ['--name <name>', 'another name'],
    ['--charter <text>', 'what the team is there for'],
    ['--lead <bot>', 'the member that leads from now on'],
    ['--open-tasks <count>', 'tasks that may be open at once'],
    ['--tasks-per-member <count>', 'tasks that one bot works at at once'],
    ['--hops <count>', 'how often a task may be passed on'],
    ['--fan-out <count>', 'tasks that one conversation may have open'],
    ['--task-minutes <minutes>', 'how long a task may take'],
    ['--wakes-per-day <count>', 'how often Clawster may wake the lead by itself'],
    ['--usd-per-origin <usd>', 'what all that comes of one origin may cost; never: no limit'],
    [
      '--approvals-by-another <yes|no>',
      'whoever set a goal leaves approvals to somebody else, while there is somebody who may',
    ],
  ],
  input: z.object({
    team: z.string(),
    name: z.string().optional(),
    charter: z.string().optional(),
    lead: z.string().optional(),
    approvalsByAnother: yesOrNo.optional(),
    openTasks: count,
    tasksPerMember: count,
    hops: count,
    fanOut: count,
    taskMinutes: count,
    wakesPerDay: count,
    usdPerOrigin: z
      .union([z.literal('never').transform(() => null), z.coerce.number('Give US dollars, or never')])
      .optional(),
  }),
  async run({ client }, { team: wanted, name, charter, lead, approvalsByAnother, ...limits }) {
    const team = await findTeam(client, wanted);
    const asked = Object.fromEntries(Object.entries(limits).filter(([, value]) => value !== undefined));
    const changes = {
      ...(name === undefined ? {} : { name }),
      ...(charter === undefined ? {} : { charter }),
      ...(approvalsByAnother === undefined ? {} : { approvalsByAnother }),
      ...(lead === undefined ? {} : { leadId: (await findBot(client, lead)).id }),
      ...(Object.keys(asked).length > 0 ? { limits: { ...team.limits, ...asked } } : {}),
    };
    if (Object.keys(changes).length === 0)
      throw new CliRefusal('Name what to change, such as --charter.', exitCodes.usage);
    return client.teams.update({ teamId: team.id, baseVersion: team.version, ...changes });
  },
  show: sayTeam,
});
