import { DelegationState } from '@clawster/contract/delegation';
import { z } from 'zod';
import { cliCommand } from '../../command.ts';
import { delegationTable } from '../../delegation-text.ts';
import { findBot } from '../../find.ts';
import { findTeam } from '../team/find-team.ts';

export const list = cliCommand({
  usage: 'delegation list',
  summary: 'List what bots were asked to do, the newest first',
  options: [
    ['--team <team>', 'only of this team'],
    ['--bot <bot>', 'only asked by this bot, or of it'],
    ['--state <state>', 'only in this state; open: what is not over'],
    ['--limit <count>', 'how many (50)'],
  ],
  input: z.object({
    team: z.string().optional(),
    bot: z.string().optional(),
    state: DelegationState.or(z.literal('open')).optional(),
    limit: z.coerce.number('Give a number, such as 50').int().min(1).max(200).default(50),
  }),
  async run({ client }, { team, bot, state, limit }) {
    const teamId = team && (await findTeam(client, team)).id;
    const botId = bot && (await findBot(client, bot)).id;
    return (await client.delegations.list({ teamId, botId, state, limit })).items;
  },
  show: delegationTable,
});
