import { expect, test } from 'vitest';
import { type StoredTeam, teamFactsOf } from './team-of.ts';
import { teamToolsOf } from './team-tools.ts';

test.each([
  ['a lead gives tasks away and proposes plans', { isLead: true, mayDelegate: false }, true, true],
  ['a member that may passes tasks on, and proposes no plan', { isLead: false, mayDelegate: true }, true, false],
  ['any other member does neither', { isLead: false, mayDelegate: false }, false, false],
])('%s', (_, place, delegates, plans) => {
  const tools = teamToolsOf(place);
  expect([tools.includes('delegate'), tools.includes('propose_plan')]).toEqual([delegates, plans]);
  expect(tools).toEqual(expect.arrayContaining(['list_teammates', 'complete_task', 'ask_human']));
});

const care: StoredTeam = {
  id: 't',
  name: 'Care',
  charter: '',
  leadId: 'ada',
  members: ['ada', 'bea'].map((botId) => ({ botId, botName: botId, title: '', capabilities: [], mayDelegate: false })),
};
test('a bot is told of its own team and of all in it but itself, and one that is in no team of nothing', () => {
  expect(teamFactsOf('ada', [care])).toMatchObject({
    name: 'Care',
    isLead: true,
    teammates: [{ name: 'bea', isLead: false }],
  });
  expect(teamFactsOf('bea', [care])).toMatchObject({ isLead: false, teammates: [{ name: 'ada', isLead: true }] });
  expect(teamFactsOf('eve', [care])).toBeUndefined();
});
