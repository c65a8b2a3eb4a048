import type { Place } from './place.ts';

export const capturePlaces: Record<string, Place> = {
  capture: { path: '/settings?section=conversations' },
  'capture-more': {
    path: '/settings?section=conversations',
    act: async (page) => {
      await page.getByRole('radio', { name: /^Text as it was/ }).check();
      await page.getByRole('button', { name: 'Save' }).click();
    },
  },
};
