import type { BotPhase } from '@clawster/contract/bot';
import type { SignalKind, SignalState } from '@clawster/contract/health';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { HealthFacts } from './facts.ts';
import { restartsAfter } from './restarts.ts';
import { storyOf } from './story.ts';
import { rankOf, signalsOf, verdictOf } from './verdict.ts';

const now = new Date('2026-11-23T10:00:00Z');
const ago = (seconds: number) => new Date(now.getTime() - seconds * 1000);
const telegram = { channel: 'telegram', state: 'connected', detail: 'Telegram is connected' } as const;
const report: NonNullable<HealthFacts['report']> = {
  state: 'ready',
  reason: 'Ready',
  gateway: { ok: true, text: 'OpenClaw 2026.9.6 answered', at: ago(9_000) },
  model: { ok: true, text: 'A model turn came back', at: ago(600) },
  channels: [{ ...telegram, checkedAt: ago(20).toISOString() }],
  diskBytes: 100,
  isDrifted: false,
};
const well: HealthFacts = {
  desired: 'running',
  phase: 'ready',
  reason: 'Ready',
  phaseSince: ago(9_000),
  process: { ok: true, text: 'The supervisor runs', at: ago(30) },
  link: { connected: true, isKnown: true },
  heardAt: ago(3),
  report,
  diskBytesMax: 1_000,
  restarts: [],
  calls: { answeredAt: ago(60), failedSince: 0 },
  turns: { count: 20, failed: 1, usualCount: 1_000, usualFailed: 20 },
  unanswered: { count: 0 },
  dropped: 0,
};
const reporting = (changes: Partial<typeof report>) => ({ report: { ...report, ...changes } });
const channel = (state: 'blocked' | 'disconnected' | 'not-linked' | 'missing-plugin' | 'connecting', seconds = 20) =>
  reporting({
    channels: [{ ...telegram, state, detail: `Telegram is ${state}`, checkedAt: ago(seconds).toISOString() }],
  });
const failing = (failedSince: number, answeredAt = ago(60), failedAt = ago(5)) => ({
  calls: { answeredAt, failedSince, failedAt, failure: 'The key is wrong' },
});
const turns = (count: number, failed: number, usualFailed = 20) => ({
  turns: { count, failed, usualCount: 1_000, usualFailed },
});

const signal = (facts: Partial<HealthFacts>, kind: SignalKind) =>
  signalsOf({ ...well, ...facts }, now).find((one) => one.kind === kind);

test.each<[string, Partial<HealthFacts>, SignalKind, SignalState, RegExp]>([
  ['a process that runs', {}, 'process', 'good', /runs/],
  [
    'a process that is gone',
    { process: { ok: false, text: 'No process of this bot', at: ago(5) } },
    'process',
    'bad',
    /No process/,
  ],
  [
    'a process that could not be made',
    {
      phase: 'failed',
      reason: 'OpenClaw could not be installed',
      process: { ok: false, text: 'No process', at: ago(5) },
    },
    'process',
    'bad',
    /installed/,
  ],
  [
    'a target that cannot be asked',
    { process: { ok: false, text: 'The target cannot be asked: refused', at: ago(5) } },
    'process',
    'unknown',
    /refused/,
  ],
  [
    'a process nobody looked at for long',
    { process: { ok: true, text: 'The supervisor runs', at: ago(200) } },
    'process',
    'unknown',
    /runs/,
  ],
  ['a link that is down', { link: { connected: false, isKnown: true } }, 'link', 'bad', /down/],
  ['a word of a moment ago', {}, 'heartbeat', 'good', /tells/],
  ['silence over a link that is there', { heardAt: ago(60) }, 'heartbeat', 'bad', /nothing comes over it/],
  ['a bot that never told anything', { heardAt: undefined, report: undefined }, 'heartbeat', 'unknown', /not told/],
  ['a gateway that answers', {}, 'gateway', 'good', /answered/],
  ['a gateway that answered a silent supervisor', { heardAt: ago(60) }, 'gateway', 'unknown', /answered/],
  ['a gateway that ended', reporting({ state: 'failed', reason: 'Crashed 4 times' }), 'gateway', 'bad', /Crashed/],
  [
    'a gateway that does not answer',
    reporting({ gateway: { ok: false, text: 'Connection lost', at: ago(9) } }),
    'gateway',
    'bad',
    /lost/,
  ],
  ['a model that answered', {}, 'model', 'good', /answered/],
  ['a model that failed twice', failing(2), 'model', 'good', /2 calls failed since/],
  ['a model that fails', failing(3), 'model', 'bad', /3 calls failed in a row: The key is wrong/],
  [
    'a model that fails, in another place than it was answered later',
    failing(3, ago(5), ago(60)),
    'model',
    'good',
    /answered/,
  ],
  [
    'a model that a limit keeps from being asked',
    reporting({ model: { ok: false, text: 'The limit of a day is reached', at: ago(2) } }),
    'model',
    'bad',
    /limit/,
  ],
  [
    'a model nobody asked for days',
    { ...reporting({ model: undefined }), calls: { answeredAt: ago(90_000), failedSince: 0 } },
    'model',
    'unknown',
    /answered/,
  ],
  ['a channel that is connected', {}, 'channel', 'good', /connected/],
  ['a channel that was not let in', channel('blocked'), 'channel', 'bad', /blocked/],
  ['a channel that nobody linked', channel('not-linked'), 'channel', 'bad', /not-linked/],
  ['a channel that connects', channel('connecting'), 'channel', 'unknown', /connecting/],
  ['a channel nobody looked at for long', channel('disconnected', 200), 'channel', 'unknown', /disconnected/],
  ['turns that fail as usual', turns(20, 6, 200), 'turns', 'good', /6 of 20/],
  [
    'turns that fail more than usually',
    turns(20, 10),
    'turns',
    'bad',
    /10 of 20 turns failed in the last hour \(50 %; usually 2 %\)/,
  ],
  ['two turns that fail', turns(2, 2), 'turns', 'good', /2 of 2/],
  [
    'a message without an answer',
    { unanswered: { count: 1, oldestAt: ago(900) } },
    'unanswered',
    'bad',
    /1 message of the last hour has no answer/,
  ],
  ['a few restarts', { restarts: [ago(1), ago(2), ago(3)] }, 'restarts', 'good', /3 times/],
  ['many restarts', { restarts: [ago(1), ago(2), ago(3), ago(4)] }, 'restarts', 'bad', /4 times/],
  ['a change that was refused', reporting({ refused: 'OpenClaw did not take it' }), 'configuration', 'bad', /not take/],
  ['somebody else’s change', reporting({ isDrifted: true }), 'configuration', 'bad', /Somebody else/],
  ['a disk with room', {}, 'disk', 'good', /10 %/],
  ['a disk that is nearly full', reporting({ diskBytes: 950 }), 'disk', 'bad', /95 %/],
  ['a disk nobody measured', reporting({ diskBytes: undefined }), 'disk', 'unknown', /measured/],
  ['telemetry that was lost', { dropped: 12 }, 'telemetry', 'bad', /12 items lost/],
  ['telemetry on its way', reporting({ spool: { items: 5, oldestAt: ago(10) } }), 'telemetry', 'good', /5 items/],
  [
    'telemetry that is behind',
    reporting({ spool: { items: 500, oldestAt: ago(900) } }),
    'telemetry',
    'bad',
    /500 items wait/,
  ],
])('%s', (_, facts, kind, state, text) => {
  expect(signal(facts, kind)).toMatchObject({ state, text: expect.stringMatching(text) });
});

test('a gateway that starts is unknown, and bad once it takes longer than any that gets ready', () => {
  const starting = (seconds: number) =>
    signal({ ...reporting({ state: 'starting' }), phase: 'starting', phaseSince: ago(seconds) }, 'gateway')?.state;
  expect([starting(20), starting(400)]).toEqual(['unknown', 'bad']);
});

const judged = (facts: Partial<HealthFacts>) => {
  const all = { ...well, ...facts };
  return verdictOf(all, signalsOf(all, now), now);
};

describe('the verdict', () => {
  test.each<[string, Partial<HealthFacts>, string, RegExp]>([
    ['all is well', {}, 'good', /well/],
    [
      'it is stopped on purpose, whatever else',
      { desired: 'stopped', phase: 'stopped', heardAt: ago(999), reason: 'Stopped' },
      'muted',
      /Stopped/,
    ],
    ['it is being backed up', { heldBy: 'backup', reason: 'Stopped while it is backed up' }, 'muted', /backed up/],
    [
      'it starts',
      { phase: 'starting', phaseSince: ago(10), heardAt: undefined, reason: 'Starting' },
      'settling',
      /Starting/,
    ],
    [
      'it has been starting for long',
      { phase: 'starting', phaseSince: ago(400), link: { connected: false, isKnown: false } },
      'bad',
      /never dialled in/,
    ],
    [
      'its link is down',
      { link: { connected: false, isKnown: true }, heardAt: ago(90) },
      'bad',
      /link to Clawster is down. Also bad: Heartbeat/,
    ],
    ['nobody knows of its process', { process: undefined }, 'unknown', /not asked/],
    ['nobody knows of its model', { ...reporting({ model: undefined }), calls: { failedSince: 0 } }, 'good', /well/],
    ['a channel was not let in', channel('blocked'), 'bad', /Telegram/],
  ])('%s', (_, facts, verdict, why) => {
    expect(judged(facts)).toMatchObject({ verdict, why: expect.stringMatching(why) });
  });

  test('bots with the same the matter have the same cause, whatever the details', () => {
    expect(judged(channel('blocked')).cause).toEqual({ signal: 'channel', text: 'Telegram was not let in' });
    expect(judged(failing(3)).cause).toEqual(judged(failing(9)).cause);
  });

  test('the worst stand first: what is gone before what is slow, bad before unknown, on purpose last', () => {
    const order = [
      judged({ process: { ok: false, text: 'No process of this bot', at: ago(5) } }),
      judged(failing(3)),
      judged({ dropped: 1 }),
      judged({ process: undefined }),
      judged({ phase: 'starting', phaseSince: ago(10) }),
      judged({}),
      judged({ desired: 'paused' }),
    ].map(rankOf);
    expect(order).toEqual([...order].sort((one, other) => one - other));
    expect(new Set(order).size).toBe(order.length);
  });
});

const anyTime = fc.integer({ min: 0, max: 200_000 }).map(ago);
const anySeen = fc.option(fc.record({ ok: fc.boolean(), text: fc.constant('seen'), at: anyTime }), { nil: undefined });
const phases: BotPhase[] = ['ready', 'degraded', 'failed', 'unknown', 'starting', 'installing'];
const anyFacts: fc.Arbitrary<HealthFacts> = fc.record({
  desired: fc.constant('running' as const),
  phase: fc.constantFrom(...phases),
  reason: fc.constant('because'),
  phaseSince: anyTime,
  process: anySeen,
  link: fc.record({ connected: fc.boolean(), isKnown: fc.boolean() }),
  heardAt: fc.option(anyTime, { nil: undefined }),
  report: fc.option(
    fc.record({
      state: fc.constantFrom('ready', 'degraded', 'failed', 'starting'),
      reason: fc.constant('because'),
      gateway: anySeen,
      model: anySeen,
      channels: fc.array(
        anyTime.map((at) => ({ ...telegram, checkedAt: at.toISOString() })),
        { maxLength: 2 },
      ),
      diskBytes: fc.option(fc.integer({ min: 0, max: 2_000 }), { nil: undefined }),
      isDrifted: fc.boolean(),
    }),
    { nil: undefined },
  ),
  diskBytesMax: fc.constant(1_000),
  restarts: fc.array(anyTime, { maxLength: 6 }),
  calls: fc.record({
    answeredAt: fc.option(anyTime, { nil: undefined }),
    failedSince: fc.nat(9),
    failedAt: fc.option(anyTime, { nil: undefined }),
  }),
  turns: fc.record({ count: fc.nat(9), failed: fc.nat(9), usualCount: fc.nat(9), usualFailed: fc.nat(9) }),
  unanswered: fc.record({ count: fc.nat(2) }),
  dropped: fc.nat(2),
});

test('a signal older than its deadline is never good, and one that was never seen neither', () =>
  fc.assert(
    fc.property(anyFacts, (facts) => {
      for (const { state, at, deadlineSeconds } of signalsOf(facts, now))
        if (state === 'good')
          expect(new Date(at ?? 0).getTime()).toBeGreaterThanOrEqual(ago(deadlineSeconds).getTime());
    }),
  ));

test('a verdict that is bad names its cause and what to do, and a good one has nothing bad in it', () =>
  fc.assert(
    fc.property(anyFacts, (facts) => {
      const { verdict, cause, fix, failing: found } = verdictOf(facts, signalsOf(facts, now), now);
      if (verdict === 'bad') expect({ cause, fix }).toEqual({ cause: expect.anything(), fix: expect.any(String) });
      else expect(found).toEqual([]);
    }),
  ));

test('restarts are remembered for an hour, and a count that begins anew is none', () => {
  const first = restartsAfter(undefined, 7, ago(4_000));
  expect(first).toEqual({ count: 7, at: [] });
  const second = restartsAfter(first, 9, ago(100));
  expect(second).toEqual({ count: 9, at: [ago(100), ago(100)] });
  expect(restartsAfter(second, 0, now)).toEqual({ count: 0, at: [ago(100), ago(100)] });
  expect(restartsAfter(second, undefined, new Date(now.getTime() + 3_600_000))).toEqual({ count: 9, at: [] });
});

test('an incident reads as a story, in the order of what happened', () => {
  const story = storyOf({ beganAt: ago(60), cause: 'The gateway does not run', endedAt: now, ending: 'recovered' }, [
    { type: 'bot-phase-changed', at: ago(55), detail: { from: 'ready', to: 'failed', reason: 'Crashed' } },
    { type: 'bot-updated', at: ago(90), detail: {} },
  ]);
  expect(story.map(({ text }) => text)).toEqual([
    'What it should be was changed',
    'The gateway does not run',
    'Failed: Crashed',
    'Well again, and it lasted',
  ]);
});
