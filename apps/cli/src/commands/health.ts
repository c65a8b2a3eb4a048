import type { BotSignals } from '@clawster/contract/health';
import { z } from 'zod';
import { cliCommand, type Context } from '../command.ts';
import { allPages, findBot } from '../find.ts';
import { botHealthText, type FleetTold, fleetText } from '../health-text.ts';

export const health = cliCommand({
  usage: 'health [bot]',
  summary: 'Show how well the fleet is and what needs somebody, or one bot with all its signals',
  input: z.object({ bot: z.string().optional() }),
  async run({ client }, { bot }): Promise<BotSignals | FleetTold> {
    return bot ? client.health.bot({ botId: (await findBot(client, bot)).id }) : readFleet(client);
  },
  show: (told, out) => ('signals' in told ? botHealthText(told, out) : fleetText(told, out)),
});

async function readFleet(client: Context['client']): Promise<FleetTold> {
  const those = (verdict: 'bad' | 'unknown') =>
    allPages((cursor) => client.health.bots({ verdict, limit: 200, cursor }));
  return { fleet: await client.health.fleet({}), bots: [...(await those('bad')), ...(await those('unknown'))] };
}
