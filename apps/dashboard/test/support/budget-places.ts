import { someBudgets } from './budget-handlers.ts';
import { type Place, press } from './place.ts';
import type { World } from './world.ts';

const before = (world: World) => {
  world.budgets = someBudgets(world);
};

/** What is shown of budgets. */
export const budgetPlaces: Record<string, Place> = {
  budgets: { path: '/cost/budgets', before },
  'budgets-none': { path: '/cost/budgets' },
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
