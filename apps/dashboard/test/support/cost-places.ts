import { someCosts } from './cost-handlers.ts';
import { type Place, press } from './place.ts';
import { giveTeams } from './some-teams.ts';
import type { World } from './world.ts';

const spent = (world: World) => {
  world.costs = someCosts(world);
};
const billed = (world: World) => {
  spent(world);
  const [target] = world.targets;
  if (target)
    world.costs.prices.set(target.id, [
      { from: '2026-11-10T00:00:00Z', usdPerHour: 0.2 },
      { from: '2026-10-01T00:00:00Z', usdPerHour: 0.15 },
    ]);
};
const csv = (text: string) => ({ name: 'bill.csv', mimeType: 'text/csv', buffer: Buffer.from(text) });

/** What is shown of costs. */
export const costPlaces: Record<string, Place> = {
  cost: {
    path: '/cost',
    before: (world) => {
      spent(world);
      giveTeams(world);
    },
  },
  'cost-labels': { path: '/cost?by=label', before: spent },
  'cost-nothing': { path: '/cost' },
  'cost-bots': { path: '/cost?by=bot&range=30-days', before: spent },
  'cost-table': { path: '/cost?by=bot', before: spent, act: (page) => press('Show as a table')(page) },
  'bot-cost': { path: '/bots/concierge?tab=cost', before: spent },
  'cost-conversations': { path: '/cost?tab=conversations', before: spent },
  'cost-infrastructure': { path: '/cost?tab=infrastructure', before: billed },
  'cost-price': { path: '/cost?tab=infrastructure', before: billed, act: press(/Set the price of/) },
  'cost-wrong-lines': {
    path: '/cost?tab=infrastructure',
    before: billed,
    act: async (page) => {
      await page
        .getByLabel('CSV file of costs')
        .setInputFiles(csv('day,target,usd\n2026-11-40,This machine,1\n2026-11-01,Mars,1'));
      await page.getByText('Line 2').waitFor();
    },
  },
  'home-spike': { path: '/', before: spent },
};
