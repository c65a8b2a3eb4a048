import type { Page } from 'playwright-core';
import { type Place, press } from './place.ts';

type Act = (page: Page) => Promise<void>;
const then =
  (first: Act, second: Act): Act =>
  async (page) => {
    await first(page);
    await second(page);
  };

const openOrphans: Act = async (page) => {
  await page.getByText('1 bot here that this Clawster does not know').click();
  await page.getByText('1 bot here of another Clawster').click();
};

/** Where bots run and what runs there, and adding such a place. */
export const targetPlaces: Record<string, Place> = {
  runtimes: { path: '/runtimes' },
  targets: { path: '/targets' },
  orphans: { path: '/targets', act: openOrphans },
  'orphan-adopt': { path: '/targets', act: then(openOrphans, press('Adopt stray')) },
  'orphan-adopt-theirs': { path: '/targets', act: then(openOrphans, press('Adopt scribe')) },
  'orphan-destroy': { path: '/targets', act: then(openOrphans, press('Destroy stray')) },
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
