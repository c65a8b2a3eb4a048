import { type Place, press } from './place.ts';

/** Where bots run and what runs there, and adding such a place. */
export const targetPlaces: Record<string, Place> = {
  runtimes: { path: '/runtimes' },
  targets: { path: '/targets' },
  'engine-add': { path: '/targets', act: press('Add a Docker engine') },
  'swarm-add': {
    path: '/targets',
    act: async (page) => {
      await press('Add a Docker engine')(page);
      await page.getByText('A Docker Swarm').click();
    },
  },
  'engine-elsewhere': {
    path: '/targets',
    act: async (page) => {
      await press('Add a Docker engine')(page);
      await page.getByText('On another machine, by TLS').click();
    },
  },
};
