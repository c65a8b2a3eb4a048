import { expect, test } from 'vitest';
import { type Stall, stallId, stallsOf, tellStalls, type StallFacts, type Told } from './stall.ts';

const now = new Date('2026-11-27T12:00:00Z');
const ago = (hours: number) => new Date(now.getTime() - hours * 3_600_000);
const task = (more: Partial<StallFacts['tasks'][number]>): StallFacts['tasks'][number] => ({
  key: 'a',
  title: 'A',
  state: 'open',
  reason: 'Why',
  updatedAt: ago(0),
  isHeld: false,
  ...more,
});
const idsOf = (tasks: StallFacts['tasks'], dueOn?: string) =>
  stallsOf({ today: '2026-11-27', now, goal: { dueOn }, tasks }).map(stallId);

test.each([
  ['what goes on is nobody’s trouble', [task({})], []],
  ['what failed is told', [task({ state: 'failed' })], ['failed:a']],
  ['what is blocked is told', [task({ state: 'blocked' })], ['blocked:a']],
  ['what a person has not let through for hours is told', [task({ isHeld: true, updatedAt: ago(5) })], ['held:a']],
  ['what a person has just been asked about is not', [task({ isHeld: true, updatedAt: ago(1) })], []],
  ['what is late is told', [task({ dueOn: '2026-11-26' })], ['late:a']],
  ['what is due today is not late', [task({ dueOn: '2026-11-27' })], []],
  ['what was done late is not told', [task({ state: 'done', dueOn: '2026-11-26' })], []],
  ['what nothing is heard of is told', [task({ updatedAt: ago(3) })], ['silent:a']],
  ['what says how far it is goes on', [task({ updatedAt: ago(3), progressAt: ago(1) })], []],
] as const)('%s', (_, tasks, ids) => expect(idsOf(tasks)).toEqual(ids));

test('a goal that is late is told of, beside its tasks', () => {
  expect(idsOf([task({ state: 'failed' })], '2026-11-26')).toEqual(['late', 'failed:a']);
});

const failed: Stall = { kind: 'failed', key: 'a', text: 'A failed' };
const unplanned: Stall = { kind: 'unplanned', text: 'No plan' };
const told = (to: Told['to'], hours: number): Told[] => [{ id: 'failed:a', to, at: ago(hours).toISOString() }];
test.each([
  ['the lead is told first', [failed], [], true, ['failed:a'], []],
  ['and is told once, and given time', [failed], told('lead', 0.1), true, [], []],
  ['people are told where that changed nothing', [failed], told('lead', 1), true, [], ['failed:a']],
  ['and are told once', [failed], told('people', 9), true, [], []],
  ['people are told at once where the lead may not be woken', [failed], [], false, [], ['failed:a']],
  ['people are told at once of a lead that makes no plan', [unplanned], [], true, [], ['unplanned']],
] as const)('of what stalls, %s', (_, stalls, before, mayWake, lead, people) => {
  const once = tellStalls(stalls, before, { now, mayWake });
  expect([once.lead.map(stallId), once.people.map(stallId)]).toEqual([lead, people]);
  expect(tellStalls(stalls, once.told, { now, mayWake })).toMatchObject({ lead: [], people: [] });
});

test('what goes on again is forgotten, and told of anew when it stalls again', () => {
  expect(tellStalls([], told('lead', 1), { now, mayWake: true }).told).toEqual([]);
});
