import type { Page } from 'playwright-core';
import { type Place, press } from './place.ts';
import { giveTeams } from './some-teams.ts';
import { careId, doneId, goalId, heldId, heldItemId, plannedGoalId } from './team-ids.ts';
import type { World } from './world.ts';

const before = (world: World) => void giveTeams(world);
const of = (tab: string, more = '', act?: (page: Page) => Promise<void>): Place => ({
  path: `/teams/${careId}?tab=${tab}${more}`,
  before,
  ...(act ? { act } : {}),
});

/** What is shown of teams, and of what waits for a person. */
export const teamPlaces: Record<string, Place> = {
  teams: { path: '/teams', before },
  'teams-none': { path: '/teams' },
  'team-new': { path: '/teams/new' },
  'team-new-bots': {
    path: '/teams/new?from=bots',
    act: async (page) => {
      await page.getByLabel('Lead', { exact: true }).selectOption('concierge');
      await page.getByRole('checkbox', { name: 'researcher' }).check();
    },
  },
  'team-progress': {
    path: '/teams/new',
    act: async (page) => {
      await page.getByLabel('Name of the company').fill('Analytical Engines');
      await press('Make the team')(page);
    },
  },
  team: of('overview'),
  'team-table': of('overview', '&view=table'),
  'team-goals': of('goals'),
  'team-goal': of('goals', `&open=${goalId}`),
  'team-plan': of('goals', `&open=${plannedGoalId}`),
  'team-board': of('board'),
  'team-delegations': of('delegations'),
  'team-delegation': of('delegations', `&open=${doneId}`),
  'team-held': of('delegations', `&open=${heldId}`),
  'team-context': of('context'),
  'team-entry': of('context', '&open=customers%2Facme', (page) => page.getByText('What it changed').first().click()),
  'team-entry-edit': of('context', '&open=customers%2Facme', async (page) => {
    await press('Edit')(page);
    await page.getByLabel('Who sees it').selectOption({ label: 'Only chosen members see it' });
    await page.getByRole('checkbox').nth(1).check();
  }),
  'team-rules': of('rules'),
  'team-rule': of('rules', '', press('Change Refunds are looked at')),
  'team-rules-tested': of('rules', '', async (page) => {
    await page.getByLabel('Whom').selectOption('refund');
    await page.getByLabel('For what').fill('Give them a refund');
    await press('Try it')(page);
    await press(/^Look$/)(page);
  }),
  'team-ask': of('overview', '', press('Ask the team')),
  'team-limits': of('overview', '', (page) =>
    page.getByRole('region', { name: 'Limits' }).getByRole('button', { name: 'Change…' }).click(),
  ),
  inbox: { path: '/inbox', before },
  'inbox-item': { path: `/inbox?open=${heldItemId}`, before },
  'inbox-decided': { path: '/inbox?state=over', before },
  'inbox-none': { path: '/inbox' },
  notifiers: { path: '/settings?section=notifiers', before },
  'notifier-new': {
    path: '/settings?section=notifiers',
    before,
    act: press('Add a notifier'),
  },
  'home-inbox': { path: '/', before },
};
