import { TeamLimits, type Rights } from '@clawster/contract/team';
import { RuleAction, type TeamRule } from '@clawster/contract/team-rule';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { byLoad, type Candidate } from './candidates.ts';
import { judge, type Judged } from './judge.ts';
import { allRights, commonRights, isNoMoreThan, noRights } from './rights.ts';

const member = (name: string, more: Partial<Candidate> = {}): Candidate => ({
  botId: name,
  name,
  isLead: name === 'lead',
  capabilities: [],
  isUp: true,
  working: 0,
  ...more,
});
const members = [
  member('lead'),
  member('ada', { capabilities: ['code'] }),
  member('bob', { capabilities: ['code', 'mail'] }),
  member('eve', { capabilities: ['mail'], isUp: false }),
];
const rule = (id: string, some: Partial<TeamRule> = {}): TeamRule => ({
  id,
  name: id,
  enabled: true,
  when: {},
  action: RuleAction.parse({ do: 'allow' }),
  ...some,
});
const limits = TeamLimits.parse({});
const asked = (some: Partial<Judged> = {}): Judged => ({
  wanted: { capability: 'code' },
  facts: {
    from: { name: 'lead', is: 'lead' },
    text: 'Look at it',
    channel: 'clawster',
    untrusted: false,
    at: new Date(),
  },
  rights: allRights,
  fromBotId: 'lead',
  chain: ['lead'],
  members,
  counts: { hops: 1, openOfTeam: 0, openOfAsker: 0, spentUsd: 0 },
  limits,
  rules: [rule('any')],
  ...some,
});
const some = (capabilities: string[]): Rights => ({ capabilities, tools: [] });

test.each([
  ['what a rule lets through is let through', {}, 'allow', 'Let through'],
  ['without a rule it is refused', { rules: [] }, 'refuse', 'No rule'],
  ['a rule that is turned off lets nothing through', { rules: [rule('off', { enabled: false })] }, 'refuse', 'No rule'],
  ['a bot does not ask itself', { wanted: { botId: 'lead' } }, 'refuse', 'itself'],
  ['nor one that waits for it', { wanted: { botId: 'ada' }, chain: ['lead', 'ada'] }, 'refuse', 'circle'],
  ['nor a stranger', { wanted: { botId: 'mallory' } }, 'refuse', 'no such bot'],
  ['nobody can do it', { wanted: { capability: 'law' } }, 'refuse', 'Nobody else'],
  ['whoever may ask for nothing asks for nothing', { rights: noRights }, 'refuse', 'may not ask for code'],
  ['by name neither', { rights: noRights, wanted: { botId: 'ada' } }, 'refuse', 'may not ask for anything'],
  ['by name it takes a capability', { rights: some(['mail']), wanted: { botId: 'bob' } }, 'allow', ''],
  [
    'not too often passed on',
    { counts: { hops: 4, openOfTeam: 0, openOfAsker: 0, spentUsd: 0 } },
    'refuse',
    'passed on',
  ],
  [
    'not too many at once',
    { counts: { hops: 1, openOfTeam: 0, openOfAsker: 8, spentUsd: 0 } },
    'refuse',
    'of this one',
  ],
  [
    'not too many of a team',
    { counts: { hops: 1, openOfTeam: 50, openOfAsker: 0, spentUsd: 0 } },
    'refuse',
    'The team has',
  ],
  [
    'not too dear',
    { limits: { ...limits, usdPerOrigin: 2 }, counts: { hops: 1, openOfTeam: 0, openOfAsker: 0, spentUsd: 2 } },
    'refuse',
    'has cost',
  ],
  ['Clawster itself needs no rule', { rules: undefined }, 'allow', 'Clawster'],
  [
    'somebody else cannot be made to do what may not be asked of them',
    {
      rights: some(['code']),
      rules: [rule('other', { action: RuleAction.parse({ do: 'allow', rewriteTo: { capability: 'mail' } }) })],
    },
    'refuse',
    'may not ask for mail',
  ],
] as const)('%s', (_, more, decision, why) => {
  const judgement = judge(asked(more as Partial<Judged>));
  expect([judgement.decision, judgement.why]).toEqual([decision, expect.stringContaining(why)]);
});

test('a refusal of one bot is not got round by asking for what it can do', () => {
  const rules = [rule('not-ada', { when: { to: ['ada'] }, action: { do: 'refuse', reason: 'Not Ada' } }), rule('any')];
  expect(judge(asked({ rules })).candidates.map(({ name }) => name)).toEqual(['bob']);
  expect(judge(asked({ rules, wanted: { botId: 'ada' } }))).toMatchObject({ decision: 'refuse', why: 'Not Ada' });
});

test('whoever is least busy comes first: up, then fewest tasks, then longest idle', () => {
  const [long, short] = [new Date(1_000), new Date(2_000)];
  const sorted = [
    member('down', { isUp: false }),
    member('busy', { working: 1 }),
    member('short', { idleSince: short }),
    member('long', { idleSince: long }),
  ].toSorted(byLoad);
  expect(sorted.map(({ name }) => name)).toEqual(['long', 'short', 'busy', 'down']);
});

const capabilities = ['a', 'b', 'c'];
const anyOf = (all: string[]) => fc.oneof(fc.constant('all' as const), fc.subarray(all));
const anyRights = fc.record({ capabilities: anyOf(capabilities), tools: anyOf(['read', 'exec']) });
const anyMembers = fc
  .array(fc.subarray(capabilities), { minLength: 2, maxLength: 6 })
  .map((all) => all.map((of, at) => member(`m${at}`, { capabilities: of, isLead: at === 0 })));
const anyWho = fc.constantFrom('*', '@lead', '@member', 'm1', 'm*');
const anyWhen = fc.record(
  {
    from: fc.array(anyWho, { minLength: 1 }),
    to: fc.array(anyWho, { minLength: 1 }),
    capability: fc.subarray(capabilities, { minLength: 1 }),
  },
  { requiredKeys: [] },
);
const anyAction = fc.record({
  do: fc.constantFrom('allow', 'hold'),
  rights: fc.option(anyRights, { nil: undefined }),
  rewriteTo: fc.option(
    fc.oneof(
      fc.constantFrom(...capabilities).map((capability) => ({ capability })),
      fc.constantFrom('m1', 'm2').map((bot) => ({ bot })),
    ),
    { nil: undefined },
  ),
});
const anyRules = fc
  .array(fc.tuple(anyWhen, anyAction), { maxLength: 6 })
  .map((all) =>
    all.map(([when, action], at) =>
      rule(`r${at}`, { when, action: RuleAction.parse(JSON.parse(JSON.stringify(action))) }),
    ),
  );
const anyHops = fc.array(
  fc.oneof(
    fc.nat(5).map((at) => ({ botId: `m${at}` })),
    fc.constantFrom(...capabilities).map((capability) => ({ capability })),
  ),
  { maxLength: 6 },
);

test('along no chain, by no rules, is more let through than whoever it comes from had', () =>
  fc.assert(
    fc.property(anyRights, anyMembers, anyRules, anyHops, (origin, team, rules, hops) => {
      let rights: Rights = origin;
      let chain: string[] = ['m0'];
      for (const wanted of hops) {
        const [at = ''] = chain.slice(-1);
        const from = { name: at, is: at === 'm0' ? ('lead' as const) : ('member' as const) };
        const judgement = judge(
          asked({
            wanted,
            rules,
            rights,
            chain,
            members: team,
            fromBotId: at,
            facts: { ...asked().facts, from },
            counts: { hops: chain.length, openOfTeam: 0, openOfAsker: 0, spentUsd: 0 },
          }),
        );
        if (judgement.decision === 'refuse') continue;
        expect(isNoMoreThan(judgement.rights, rights)).toBe(true);
        expect(isNoMoreThan(judgement.rights, origin)).toBe(true);
        expect(chain.length).toBeLessThanOrEqual(limits.hops);
        const [to] = judgement.candidates;
        expect(to && !chain.includes(to.botId)).toBe(true);
        if (rights.capabilities !== 'all')
          expect(
            'capability' in judgement.wanted
              ? rights.capabilities.includes(judgement.wanted.capability)
              : to?.capabilities.some((one) => rights.capabilities.includes(one)),
          ).toBe(true);
        rights = judgement.rights;
        chain = [...chain, to?.botId ?? ''];
      }
    }),
    { numRuns: 10_000 },
  ));

test('what two allow together is no more than what either does', () =>
  fc.assert(
    fc.property(anyRights, anyRights, (one, other) => {
      const both = commonRights(one, other);
      expect(isNoMoreThan(both, one) && isNoMoreThan(both, other)).toBe(true);
    }),
  ));
