import type { Place } from './place.ts';

/** What is shown of how bots are. */
export const healthPlaces: Record<string, Place> = {
  health: { path: '/health', many: true },
  'health-well': { path: '/health' },
  'health-story': {
    path: '/health',
    many: true,
    act: async (page) => {
      await page.getByText('What happened').first().click();
      await page.getByText('In order').scrollIntoViewIfNeeded();
    },
  },
  'bot-health': { path: '/bots/researcher?tab=health', many: true },
  'bot-health-well': { path: '/bots/concierge?tab=health' },
};
