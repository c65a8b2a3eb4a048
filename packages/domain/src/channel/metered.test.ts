import { expect, test } from 'vitest';
import { isMetered } from './metered.ts';

const ada = { id: 'ada', labels: { team: 'support', env: 'live' } };
const member = { botId: 'ada', botName: 'Ada', title: '', capabilities: [], mayDelegate: false };
const teams = [{ id: 'care', name: 'Care', charter: '', leadId: 'ada', members: [member] }];
const all = { botId: null, selector: null, teamId: null };

test.each([
  ['of all bots', all, true],
  ['of the bot', { ...all, botId: 'ada' }, true],
  ['of another bot', { ...all, botId: 'bob' }, false],
  ['of labels it has', { ...all, selector: { team: 'support' } }, true],
  ['of labels it lacks one of', { ...all, selector: { team: 'support', env: 'test' } }, false],
  ['of the team it is in', { ...all, teamId: 'care' }, true],
  ['of another team', { ...all, teamId: 'sales' }, false],
])('whether the channel of a call has to be known under a budget %s', (_, budget, is) => {
  expect(isMetered(ada, { channelBudgets: [budget], teams })).toBe(is);
  expect(isMetered(ada, { channelBudgets: [], teams })).toBe(false);
});
