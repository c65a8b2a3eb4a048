import { labelsOf, Selector } from '@clawster/contract/label';
import { Role } from '@clawster/contract/permission';
import { sayBots } from '@clawster/domain/role/reach';
import { z } from 'zod';
import { cliCommand } from '../../command.ts';
import { CliRefusal, exitCodes } from '../../failure.ts';
import { findBot } from '../../find.ts';
import { findPerson } from '../person/find-person.ts';

export const bind = cliCommand({
  usage: 'role bind <person> <role>',
  summary: 'Give someone a role for some bots, beside the one they have for all',
  options: [
    ['--bot <bot>', 'for this bot'],
    ['--labels <selector>', 'for the bots with these labels, such as team=support,env=live'],
  ],
  input: z.object({ person: z.string(), role: Role, bot: z.string().optional(), labels: Selector.optional() }),
  async run({ client }, { person, role, bot, labels }) {
    if ((bot === undefined) === (labels === undefined))
      throw new CliRefusal('Say for which bots: either --bot or --labels.', exitCodes.usage);
    const personId = (await findPerson(client, person)).id;
    const bots = labels ? { labels: labelsOf(labels) } : { botId: (await findBot(client, bot ?? '')).id };
    return client.roleBindings.create({ personId, role, bots });
  },
  show: ({ personName, role, bots, botName }) => `${personName} is ${role} for ${botName ?? sayBots(bots)} now.`,
});
