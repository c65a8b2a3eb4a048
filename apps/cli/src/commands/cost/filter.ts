import type { Client } from '@clawster/client/client';
import { CostFilter } from '@clawster/contract/cost';
import { z } from 'zod';
import { findBot, findConnector, findTarget } from '../../find.ts';
import { findTeam } from '../team/find-team.ts';

/** The options that say whose costs. */
export const whoseOptions: [flags: string, summary: string][] = [
  ['--bot <bot>', 'only of this bot'],
  ['--team <team>', 'only of bots in this team'],
  ['--labels <labels>', 'only of bots with these labels, such as team=support'],
  ['--channel <channel>', 'only what came through this channel'],
  ['--model <model>', 'only of this model'],
  ['--connector <connector>', 'only of this connector'],
  ['--target <target>', 'only of bots on this target'],
];
/** The options that say of which days. */
export const dayOptions: [flags: string, summary: string][] = [
  ['--from <day>', 'from this day of UTC on (the first of the month)'],
  ['--to <day>', 'up to and with this day (today)'],
];

const { channel, model, labels } = CostFilter.shape;
export const WhoseInput = z.object({
  bot: z.string().optional(),
  team: z.string().optional(),
  connector: z.string().optional(),
  target: z.string().optional(),
  channel,
  model,
  labels,
});
export const DaysInput = z.object({ from: z.iso.date().optional(), to: z.iso.date().optional() });

/** The filter as the server takes it. */
export async function whoseOf(client: Client, input: z.output<typeof WhoseInput>): Promise<CostFilter> {
  const { bot, team, connector, target, ...rest } = input;
  return {
    ...rest,
    botId: bot && (await findBot(client, bot)).id,
    teamId: team && (await findTeam(client, team)).id,
    connectorId: connector && (await findConnector(client, connector)).id,
    targetId: target && (await findTarget(client, target)).id,
  };
}
