import { someBudgets } from './budget-handlers.ts';
import { type Place, press } from './place.ts';
import { giveTeams } from './some-teams.ts';
import type { World } from './world.ts';

const before = (world: World) => {
  world.budgets = someBudgets(world);
};

const withTeam = (world: World) => {
  giveTeams(world);
  before(world);
};

/** What is shown of budgets. */
export const budgetPlaces: Record<string, Place> = {
  budgets: { path: '/cost/budgets', before },
  'budgets-none': { path: '/cost/budgets' },
  'budgets-of-a-team': { path: '/cost/budgets', before: withTeam },
  'budget-new-of-a-team': {
    path: '/cost/budgets?open=new',
    before: withTeam,
    act: async (page) => {
      await page.getByLabel('For', { exact: true }).selectOption('the bots of a team');
      await page.getByLabel('Team', { exact: true }).waitFor();
    },
  },
  'budget-new': { path: '/cost/budgets?open=new', before },
  budget: { path: '/cost/budgets', before, act: press('Support') },
  'budget-lift': {
    path: '/cost/budgets',
    before,
    act: async (page) => {
      await press('Support')(page);
      await press('Lift…')(page);
    },
  },
  'home-budgets': { path: '/', before },
};
