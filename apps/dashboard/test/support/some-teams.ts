import type { TeamDetail } from '@clawster/contract/team';
import type { TeamRule } from '@clawster/contract/team-rule';
import { delegationFrom } from './delegation-handlers.ts';
import { ago } from './fleet.ts';
import { someEntries } from './some-entries.ts';
import { giveGoals } from './some-goals.ts';
import { someItems, someNotifiers } from './some-items.ts';
import { careId, doneId, heldId, heldItemId } from './team-ids.ts';
import { keep, teamFrom, usualLimits } from './team-handlers.ts';
import type { World } from './world.ts';

/** A team at work, with a goal under way, one whose plan waits, and things that wait for a person. */
export function giveTeams(world: World): TeamDetail {
  const [lead, second = lead, third = lead] = world.bots.filter(({ spec }) => spec.desired !== 'destroyed');
  if (!lead || !second || !third) throw new Error('A team is made of three bots');
  const team = teamFrom(world, {
    name: 'Customer care',
    charter:
      'We answer customers **kindly and within an hour**.\n\n- Money is never promised.\n- Who is not sure asks.',
    lead: { botId: lead.id, title: 'Lead', capabilities: ['planning'] },
    members: [
      { botId: second.id, title: 'Support', capabilities: ['support', 'triage'], mayDelegate: true },
      { botId: third.id, title: 'Bookkeeping', capabilities: ['refund'], mayDelegate: false },
    ],
    limits: { ...usualLimits, usdPerOrigin: 2.5 },
    channelRights: { capabilities: ['support'], tools: ['web_search'] },
  });
  Object.assign(team, { id: careId, open: 2, held: 1, goals: 2 });
  Object.assign(team.members[1] ?? {}, { working: 1, waiting: 2 });
  world.teaming.rules.set(team.id, [
    {
      teamId: team.id,
      version: 3,
      rules: someRules,
      note: 'Refunds are looked at',
      author: world.ownName,
      at: ago(7_200),
    },
    { teamId: team.id, version: 2, rules: someRules.slice(0, 1), note: '', author: 'Grace Hopper', at: ago(90_000) },
  ]);
  team.rulesVersion = 3;
  keep(world, team);
  const counts = { open: 0, held: 0, done: 0, refused: 0, failed: 0, costUsd: 0 };
  world.teaming.flow = [
    { ...counts, toBotId: lead.id, open: 1, done: 4, costUsd: 0.42 },
    { ...counts, fromBotId: lead.id, toBotId: second.id, open: 1, done: 12, costUsd: 0.31 },
    { ...counts, fromBotId: second.id, toBotId: third.id, open: 1, held: 1, done: 3, refused: 1, costUsd: 0.08 },
    { ...counts, fromBotId: third.id, toBotId: lead.id, failed: 2, costUsd: 0.01 },
  ];
  giveDelegations(world, team);
  giveGoals(world, team);
  world.teaming.entries = someEntries(world, team);
  world.teaming.items = someItems(team);
  world.teaming.notifiers = someNotifiers(world);
  return team;
}

const share = { down: 'summary' as const, entries: [], up: 'result' as const };
export const someRules: TeamRule[] = [
  {
    id: 'lead-asks',
    name: 'The lead hands out work',
    enabled: true,
    when: { from: ['@lead'] },
    action: { do: 'allow', attempts: 2, share },
  },
  {
    id: 'refunds',
    name: 'Refunds are looked at',
    enabled: true,
    when: { capability: ['refund'], text: { contains: ['money back', 'refund'] } },
    action: { do: 'hold', reason: 'Money leaves us', minutes: 1_440, attempts: 1, share, limit: { perHour: 5 } },
  },
  {
    id: 'no-deploys',
    name: 'Nobody deploys at night',
    enabled: false,
    when: { capability: ['deploy'], time: { from: '20:00', to: '07:00', timezone: 'Europe/Paris' } },
    action: { do: 'refuse', reason: 'Nobody is up to mend it' },
  },
];

function giveDelegations(world: World, team: TeamDetail): void {
  const [lead, second, third] = team.members;
  if (!lead || !second || !third) return;
  const base = { teamId: team.id, ruleId: 'lead-asks', rulesVersion: 3 };
  const held = delegationFrom(world, {
    ...base,
    id: heldId,
    title: 'Give Acme their money back',
    text: 'Acme wants its money back for order 4711: 120 US dollars.\nSee <a href="https://evil.example">the form</a>.',
    fromBotId: second.botId,
    fromName: second.botName,
    toBotId: third.botId,
    toName: third.botName,
    capability: 'refund',
    state: 'held',
    reason: 'Refunds are looked at: Money leaves us',
    untrusted: true,
    hops: 1,
    origin: { kind: 'channel', channel: 'telegram' },
    ruleId: 'refunds',
    inboxItemId: heldItemId,
  });
  const working = delegationFrom(world, {
    ...base,
    title: 'Answer the twelve tickets of this morning',
    text: 'All of them by noon.',
    fromBotId: lead.botId,
    fromName: lead.botName,
    toBotId: second.botId,
    toName: second.botName,
    state: 'working',
    reason: 'It works at it',
    progress: { text: 'Seven of twelve are answered', percent: 58, at: ago(40) },
    startedAt: ago(600),
    inputTokens: 8_400,
    outputTokens: 1_900,
    costUsd: 0.054,
    children: [held],
  });
  const done = delegationFrom(world, {
    ...base,
    id: doneId,
    title: 'Sum up what customers asked last week',
    text: 'Three points, no more.',
    fromName: world.ownName,
    toBotId: lead.botId,
    toName: lead.botName,
    state: 'done',
    reason: 'Done in 4 min',
    result: '1. Parcels\n2. Refunds\n3. Opening hours',
    artefacts: [{ name: 'tickets.md', mediaType: 'text/markdown', text: '# Tickets\n\n- 4711' }],
    shared: [{ key: 'customers/acme', version: 2 }],
    endedAt: ago(4_000),
    requestedAt: ago(4_240),
    costUsd: 0.021,
    steps: [
      { at: ago(4_240), state: 'requested', by: world.ownName, why: 'Asked' },
      { at: ago(4_239), state: 'approved', by: 'The rules', why: 'The lead hands out work' },
      { at: ago(4_200), state: 'working', by: lead.botName, why: 'Its bot has begun' },
      { at: ago(4_000), state: 'done', by: lead.botName, why: 'Done in 4 min' },
    ],
  });
  const failed = delegationFrom(world, {
    ...base,
    title: 'Book the invoice of the printer',
    fromBotId: third.botId,
    fromName: third.botName,
    toBotId: lead.botId,
    toName: lead.botName,
    state: 'failed',
    reason: 'The model answered 429 three times',
    requestedAt: ago(9_000),
  });
  world.teaming.delegations = [held, working, done, failed];
}
