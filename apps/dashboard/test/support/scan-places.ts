import { type Place, press } from './place.ts';
import { someFindings } from './scan-handlers.ts';

/** What is shown of secrets in plain sight. */
export const scanPlaces: Record<string, Place> = {
  'secret-findings': {
    path: '/secrets',
    before: (world) => {
      world.scanning = someFindings();
    },
    act: async (page) => {
      await page.getByText('1 place could not be looked at').click();
      await page.getByText('Last scan').scrollIntoViewIfNeeded();
    },
  },
  'secret-finding-dismiss': {
    path: '/secrets',
    before: (world) => {
      world.scanning = someFindings();
    },
    act: press('Dismiss the finding of OpenAI key'),
  },
  'home-findings': {
    path: '/',
    before: (world) => {
      world.scanning = someFindings();
    },
  },
};
