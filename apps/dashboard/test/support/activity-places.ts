import { capturePlaces } from './capture-places.ts';
import { type Place, press } from './place.ts';
import { giveTraces } from './some-traces.ts';
import type { World } from './world.ts';

/** With turns of which nothing that was said is kept. */
export function giveSilentTraces(world: World): void {
  giveTraces(world);
  for (const turn of world.turns) {
    delete turn.text;
    for (const span of turn.spans) delete span.text;
  }
}

const firstConversation = async (page: Parameters<NonNullable<Place['act']>>[0]) => {
  await page
    .getByRole('list', { name: 'Conversations' })
    .getByRole('link', { name: /Mira Okafor/ })
    .first()
    .click();
  await page.getByRole('list', { name: 'Turns' }).locator('summary').first().click();
};

/** What bots do, in every form in which it is seen. */
export const activityPlaces: Record<string, Place> = {
  ...capturePlaces,
  activity: { path: '/activity', before: giveTraces },
  'activity-none': { path: '/activity' },
  'activity-no-match': { path: '/activity?search=submarine', before: giveTraces },
  'activity-silent': { path: '/activity?outcome=not-ok', before: giveSilentTraces },
  'activity-conversations': { path: '/activity?tab=conversations', before: giveTraces },
  'activity-messages': { path: '/activity?tab=messages', before: giveTraces },
  'activity-messages-week': {
    path: '/activity?tab=messages&range=week',
    before: giveTraces,
    act: press('Show as a table'),
  },
  'activity-tools': { path: '/activity?tab=tools', before: giveTraces },
  trace: { path: '/activity/traces/trace-across', before: giveTraces },
  'trace-call': {
    path: '/activity/traces/trace-across',
    before: giveTraces,
    act: (page) => page.getByRole('button', { name: 'Model call' }).nth(2).click(),
  },
  'trace-table': { path: '/activity/traces/trace-across?view=table', before: giveTraces },
  'trace-circling': { path: '/activity/traces/trace-run-circling', before: giveTraces },
  'trace-missing': { path: '/activity/traces/nothing' },
  conversation: { path: '/activity?tab=conversations', before: giveTraces, act: firstConversation },
  'conversation-silent': { path: '/activity?tab=conversations', before: giveSilentTraces, act: firstConversation },
  'bot-activity': { path: '/bots/concierge?tab=activity', before: giveTraces },
};
