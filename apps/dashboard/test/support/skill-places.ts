import { type Place, press } from './place.ts';

/** The catalogue of skills, and where bots are given them. */
export const skillPlaces: Record<string, Place> = {
  skills: { path: '/configuration?tab=skills' },
  skill: { path: '/configuration?tab=skills', act: press('Look at it refunds') },
  'skill-held': {
    path: '/configuration?tab=skills',
    act: async (page) => {
      await press('Look at it tidy-inbox')(page);
      await press('notes/setup.md, line 3')(page);
    },
  },
  'skill-approve': {
    path: '/configuration?tab=skills',
    act: async (page) => {
      await press('Look at it tidy-inbox')(page);
      await press('Approve…')(page);
    },
  },
  'skill-add': { path: '/configuration?tab=skills&open=new' },
  'skill-given': {
    path: '/bots/concierge?tab=configuration',
    act: (page) => page.getByText('There is a newer version').first().scrollIntoViewIfNeeded(),
  },
  'skill-choose': { path: '/bots/concierge?tab=configuration', act: press('Choose a skill…') },
  'skill-choose-shared': { path: '/configuration?tab=profiles&open=new', act: press('Choose a skill…') },
};
