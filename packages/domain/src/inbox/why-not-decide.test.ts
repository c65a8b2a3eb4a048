import { permissions } from '@clawster/contract/permission-list';
import { expect, test } from 'vitest';
import { type Decider, type ItemFacts, whyNotDecide, type Wish } from './why-not-decide.ts';

const item: ItemFacts = {
  kind: 'delegation',
  state: 'open',
  isExpired: false,
  decisions: ['approve', 'always', 'refuse'],
  isQuestion: false,
};
const ada: Decider = { personId: 'ada', permissions: new Set(permissions), canRead: true };
const without = (...lacking: string[]): Decider => ({
  ...ada,
  permissions: new Set(permissions.filter((one) => !lacking.includes(one))),
});
const bob = { id: 'bob', name: 'Bob' };

test.each<[string, Partial<ItemFacts>, Decider, Wish | undefined, string | undefined]>([
  ['an open item is decided', {}, ada, 'approve', undefined],
  ['one that was decided is not again', { state: 'refused' }, ada, 'approve', 'refused already'],
  ['one whose time is over is not', { isExpired: true }, ada, 'approve', 'expired'],
  ['one that was withdrawn is not', { state: 'withdrawn' }, ada, 'refuse', 'over'],
  ['nobody without the permission decides', {}, without('inbox:decide'), 'refuse', 'inbox:decide'],
  ['nobody decides their own asking', { askedBy: 'ada' }, ada, undefined, 'yourself'],
  ['the key of whoever asked does not either', { askedBy: 'ada' }, { ...ada }, 'approve', 'yourself'],
  ['who set the goal leaves it to somebody else', { setBy: 'ada' }, ada, undefined, 'somebody else to approve'],
  ['what comes of the goal of another is theirs to decide', { setBy: 'bob' }, ada, 'approve', undefined],
  [
    'what nobody here asked for is decided by a key of nobody',
    {},
    { ...ada, personId: undefined },
    'approve',
    undefined,
  ],
  ['what was given to somebody is theirs', { assignee: bob }, ada, 'approve', 'Bob'],
  ['what was given to them they decide', { assignee: { id: 'ada', name: 'Ada' } }, ada, 'approve', undefined],
  ['what is not offered is not done', { decisions: ['approve', 'refuse'] }, ada, 'always', 'cannot be'],
  ['what is no question is not answered', {}, ada, 'answer', 'cannot be'],
  ['a rule is made by who makes rules', {}, without('team:manage'), 'always', 'team:manage'],
  ['who makes none approves once', {}, without('team:manage'), 'approve', undefined],
  ['money is given by who may give it', { kind: 'budget' }, without('budget:manage'), 'approve', 'budget:manage'],
  ['and refused by others', { kind: 'budget' }, without('budget:manage'), 'refuse', undefined],
  ['what may not be read is not approved', {}, { ...ada, canRead: false }, 'approve', 'conversation:read'],
  ['but refused', {}, { ...ada, canRead: false }, 'refuse', undefined],
])('%s', (_, facts, decider, wish, why) => {
  const told = whyNotDecide({ ...item, ...facts }, decider, wish);
  if (why === undefined) expect(told).toBeUndefined();
  else expect(told).toContain(why);
});
