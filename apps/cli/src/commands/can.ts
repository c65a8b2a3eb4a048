import { permissions } from '@clawster/contract/permission-list';
import { Permission } from '@clawster/contract/permission';
import { z } from 'zod';
import { cliCommand } from '../command.ts';
import { CliRefusal } from '../failure.ts';
import { findBot } from '../find.ts';
import { findPerson } from './person/find-person.ts';

export const can = cliCommand({
  usage: 'can <permission>',
  summary: 'Tell whether you, or someone else, may do something, and by which role; exit code 1 when not',
  options: [
    ['--bot <bot>', 'to this bot; without it: to all'],
    ['--person <person>', 'someone else of the workspace'],
  ],
  input: z.object({
    permission: z.enum(permissions, `A permission is one of ${Permission.options.join(', ')}`),
    bot: z.string().optional(),
    person: z.string().optional(),
  }),
  async *run({ client }, { permission, bot, person }) {
    const answer = await client.access.can({
      permission,
      ...(bot ? { botId: (await findBot(client, bot)).id } : {}),
      ...(person ? { personId: (await findPerson(client, person)).id } : {}),
    });
    yield answer;
    if (!answer.allowed) throw new CliRefusal(`${answer.reason}.`);
  },
  // Why not is told by the refusal.
  show: ({ allowed, reason }) => (allowed ? `${reason}.` : undefined),
});
