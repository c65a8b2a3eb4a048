import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { plan, type Desired, type Facts, type Step } from './plan.ts';

const on: Desired = { desired: 'running', generation: 3, workloadGeneration: 2 };
const off: Desired = { ...on, desired: 'stopped' };
const paused: Desired = { ...on, desired: 'paused' };
const held: Desired = { ...on, held: true };
const gone: Desired = { ...on, desired: 'destroyed' };
const facts = (changes: Partial<Facts>): Facts => ({
  seen: { state: 'absent' },
  runtime: 'installed',
  enrolment: 'pending',
  link: { connected: false, configuredGeneration: 0 },
  slotFree: true,
  mayRetry: true,
  ...changes,
});
const running = { seen: { state: 'running', generation: 2 }, enrolment: 'done' } as const;
const orphaned = { state: 'exited', generation: 2, reason: 'killed', orphan: true } as const;
const linked = (configuredGeneration: number) => ({ ...running, link: { connected: true, configuredGeneration } });

test.each<[string, Desired, Partial<Facts>, string]>([
  ['a new bot is applied', on, {}, 'apply'],
  ['its runtime is installed first', on, { runtime: 'absent' }, 'install-runtime'],
  ['an installation under way is waited for', on, { runtime: 'installing' }, 'wait for runtime'],
  ['a failed installation is waited for: its own loop tries again', on, { runtime: 'failed' }, 'wait for runtime'],
  ['a bot waits its turn when the target starts enough others', on, { slotFree: false }, 'wait for slot'],
  ['a crashed bot is applied again', on, { seen: { state: 'exited', generation: 2, reason: 'killed' } }, 'apply'],
  [
    'a bot that crashed over and over waits for its next try',
    on,
    { seen: { state: 'exited', generation: 2, reason: 'killed' }, mayRetry: false },
    'wait for retry',
  ],
  ['an older workload is replaced', on, { ...running, seen: { state: 'running', generation: 1 } }, 'apply'],
  [
    'a running bot keeps running when its runtime is no longer installed',
    on,
    { ...linked(3), runtime: 'absent' },
    'wait for report',
  ],
  [
    'a started bot is waited for until it dials in',
    on,
    { ...running, seen: { state: 'starting', generation: 2 } },
    'wait for link',
  ],
  [
    'a supervisor whose join token ran out is stopped, to be applied anew',
    on,
    { ...running, enrolment: 'expired' },
    'stop',
  ],
  ['a new link is configured', on, linked(0), 'configure'],
  ['a change is sent over the link', on, linked(2), 'configure'],
  ['a configured bot is waited for', on, linked(3), 'wait for report'],
  [
    'a report of an older generation is not enough',
    on,
    { ...linked(3), report: { generation: 2, settled: true } },
    'wait for report',
  ],
  [
    'a copy that was overtaken takes no step, whatever it wants',
    gone,
    { ...running, overtaken: true },
    'wait for newer-copy',
  ],
  ['a bot that ran before a restore is not started a second time', on, { restored: true }, 'wait for its-place'],
  [
    'one that ran before a restore and has ended is started again',
    on,
    { seen: { state: 'exited', generation: 2, reason: 'killed' }, restored: true },
    'apply',
  ],
  [
    'a bot that was not heard of for long is told where we are now',
    on,
    { ...running, link: { connected: false, configuredGeneration: 0, lost: true } },
    'tell-address',
  ],
  [
    'a bot whose OpenClaw does not come up gets the one back that did',
    on,
    { ...linked(3), report: { generation: 3, settled: true }, formerRuntime: '2026.9.5' },
    'return-runtime',
  ],
  ['a settled bot rests', on, { ...linked(3), report: { generation: 3, settled: true } }, 'rest'],
  [
    'a supervisor that is ahead of a restored database is overtaken',
    on,
    { ...linked(0), report: { generation: 9, settled: true } },
    'overtake 9',
  ],
  [
    'one whose link is down is waited for first: what it said last may be long ago',
    on,
    { ...running, report: { generation: 9, settled: true } },
    'wait for link',
  ],
  [
    'a paused bot that is ahead is overtaken as well',
    paused,
    { ...linked(3), report: { generation: 4, settled: true } },
    'overtake 4',
  ],
  [
    'a bot that is ahead and should be stopped is stopped',
    off,
    { ...linked(3), report: { generation: 9, settled: true } },
    'stop',
  ],
  [
    'a stopping bot is waited for before it is started',
    on,
    { seen: { state: 'stopping', generation: 2 } },
    'wait for exit',
  ],
  [
    'a bot is configured though its target cannot be asked',
    on,
    { ...linked(1), seen: { state: 'unreachable', reason: 'x' } },
    'configure',
  ],
  [
    'an unreachable target is waited for, never started twice',
    on,
    { seen: { state: 'unreachable', reason: 'x' } },
    'wait for target',
  ],
  ['a bot is stopped', off, linked(3), 'stop'],
  ['a stopping bot is waited for', off, { seen: { state: 'stopping', generation: 2 } }, 'wait for exit'],
  ['a stopped bot rests', off, { seen: { state: 'exited', generation: 2, reason: 'stopped' } }, 'rest'],
  ['a bot that never ran rests when stopped, without its runtime', off, { runtime: 'absent' }, 'rest'],
  ['a paused bot is told over the link', paused, linked(2), 'configure'],
  ['a bot that does not run needs no start to be paused', paused, {}, 'rest'],
  [
    'a paused bot that crashed stays down until it is resumed',
    paused,
    { seen: { state: 'exited', generation: 2, reason: 'killed' } },
    'rest',
  ],
  ['a bot whose state is on its way is stopped', held, linked(3), 'stop'],
  ['it is not started before that is done', held, {}, 'rest'],
  [
    'it is waited for while its target cannot be asked',
    held,
    { ...linked(2), seen: { state: 'unreachable', reason: 'x' } },
    'wait for target',
  ],
  ['a bot that is to be destroyed is removed, held or not', { ...gone, held: true }, running, 'remove'],
  ['a gateway that outlived its supervisor is ended when the bot should be stopped', off, { seen: orphaned }, 'stop'],
  ['also when nobody wrote down that it was started', off, { seen: { state: 'absent', orphan: true } }, 'stop'],
  ['also when the bot should be paused: nobody could tell it', paused, { seen: orphaned }, 'stop'],
  ['it is replaced when the bot should run', on, { seen: orphaned }, 'apply'],
  ['it is removed with its bot', gone, { seen: { state: 'absent', orphan: true } }, 'remove'],
  ['it waits like all else for the next try', off, { seen: orphaned, mayRetry: false }, 'wait for retry'],
  ['a bot is removed, running or not', gone, running, 'remove'],
  ['what exited is removed as well', gone, { seen: { state: 'exited', generation: 2, reason: 'x' } }, 'remove'],
  ['a removed bot rests', gone, {}, 'rest'],
])('%s', (_, desired, changes, step) => {
  const decided = plan(desired, facts(changes));
  expect(inWords(decided)).toBe(step);
});

function inWords(step: Step): string {
  if (step.do === 'wait') return `wait for ${step.for}`;
  return step.do === 'overtake' ? `overtake ${step.generation}` : step.do;
}

describe('from any state', () => {
  const generation = fc.integer({ min: 0, max: 4 });
  const anyDesired = fc.record({
    desired: fc.constantFrom('running', 'paused', 'stopped', 'destroyed'),
    generation,
    workloadGeneration: generation,
    held: fc.boolean(),
  }) as fc.Arbitrary<Desired>;
  const anySeen = fc.oneof(
    fc.constant({ state: 'absent' }),
    fc.constant({ state: 'absent', orphan: true }),
    fc.record({ state: fc.constantFrom('starting', 'running', 'stopping'), generation }),
    fc.record({ state: fc.constant('exited'), generation, reason: fc.constant('crashed') }),
    fc.record({ state: fc.constant('exited'), generation, reason: fc.constant('crashed'), orphan: fc.constant(true) }),
    fc.constant({ state: 'unreachable', reason: 'timed out' }),
  ) as fc.Arbitrary<Facts['seen']>;
  const anyFacts = fc.record({
    seen: anySeen,
    runtime: fc.constantFrom('absent', 'installing', 'installed', 'failed'),
    enrolment: fc.constantFrom('pending', 'expired', 'done'),
    link: fc.record({ connected: fc.boolean(), configuredGeneration: generation }),
    report: fc.option(fc.record({ generation, settled: fc.boolean() }), { nil: undefined }),
    formerRuntime: fc.option(fc.constant('2026.9.5'), { nil: undefined }),
    slotFree: fc.boolean(),
    mayRetry: fc.boolean(),
  }) as fc.Arbitrary<Facts>;

  /** Nothing of it is there, its supervisor is ahead, and the OpenClaw it gets does not come up: it is started twice. */
  const furthest: [Desired, Facts] = [
    { desired: 'running', generation: 0, workloadGeneration: 0, held: false },
    {
      seen: { state: 'unreachable', reason: 'timed out' },
      runtime: 'absent',
      enrolment: 'pending',
      link: { connected: false, configuredGeneration: 0 },
      report: { generation: 1, settled: false },
      formerRuntime: '2026.9.5',
      slotFree: false,
      mayRetry: false,
    },
  ];

  test('a bot comes to rest within thirteen steps', () => {
    fc.assert(
      fc.property(anyDesired, anyFacts, (desired, start) => {
        let state = start;
        let wanted = desired;
        for (let count = 0; count <= 13; count += 1) {
          const step = plan(wanted, state);
          if (step.do === 'rest') return true;
          if (step.do === 'overtake') wanted = { ...wanted, generation: step.generation + 1 };
          if (step.do === 'return-runtime')
            wanted = {
              ...wanted,
              generation: wanted.generation + 1,
              workloadGeneration: wanted.workloadGeneration + 1,
            };
          state = after(step, wanted, state);
        }
        return false;
      }),
      { numRuns: 2_000, examples: [furthest] },
    );
  });

  test('a bot that should not run is never started', () => {
    fc.assert(
      fc.property(
        anyDesired,
        anyFacts,
        (desired, state) =>
          (desired.desired === 'running' && !desired.held) ||
          (desired.desired === 'paused' &&
            !desired.held &&
            ['starting', 'running', 'unreachable'].includes(state.seen.state)) ||
          !['apply', 'configure', 'overtake', 'install-runtime'].includes(plan(desired, state).do),
      ),
      { numRuns: 300 },
    );
  });

  test('a bot rests only when its supervisor reports the very generation that is wanted', () => {
    fc.assert(
      fc.property(anyDesired, anyFacts, (desired, state) => {
        const rests = plan(desired, state).do === 'rest';
        const runs = ['starting', 'running', 'unreachable'].includes(state.seen.state);
        const isMeantTo = desired.desired === 'running' || (desired.desired === 'paused' && runs);
        const shouldRun = isMeantTo && !desired.held;
        return !rests || !shouldRun || state.report?.generation === desired.generation;
      }),
      { numRuns: 1_000 },
    );
  });

  test('a bot that should not run comes to rest with nothing of it running', () => {
    fc.assert(
      fc.property(anyDesired, anyFacts, (desired, state) => {
        const rests = plan(desired, state).do === 'rest';
        const orphan = 'orphan' in state.seen && state.seen.orphan;
        return desired.desired === 'running' || !rests || !orphan;
      }),
      { numRuns: 300 },
    );
  });

  test('nothing is started on a target that cannot be asked', () => {
    fc.assert(
      fc.property(
        anyDesired,
        anyFacts,
        (desired, state) =>
          !['apply', 'stop', 'remove'].includes(
            plan(desired, { ...state, seen: { state: 'unreachable', reason: 'x' } }).do,
          ),
      ),
    );
  });
});

/** The world as it is once a step is done, or once what was waited for has come. */
function after(step: Step, desired: Desired, facts: Facts): Facts {
  const noLink = { connected: false, configuredGeneration: 0 };
  switch (step.do) {
    case 'install-runtime':
      return { ...facts, runtime: 'installed' };
    case 'apply':
      return {
        ...facts,
        seen: { state: 'running', generation: desired.workloadGeneration },
        enrolment: 'pending',
        link: noLink,
      };
    case 'configure':
      return { ...facts, link: { connected: true, configuredGeneration: desired.generation } };
    case 'stop':
      return { ...facts, seen: { state: 'exited', generation: 1, reason: 'stopped' }, link: noLink };
    case 'tell-address':
      return { ...facts, link: { ...facts.link, lost: false } };
    case 'remove':
      return { ...facts, seen: { state: 'absent' }, link: noLink };
    case 'return-runtime':
      return { ...facts, formerRuntime: undefined };
    case 'overtake':
    case 'rest':
      return facts;
    case 'wait':
      return afterWaiting(step.for, desired, facts);
  }
}

function afterWaiting(reason: (Step & { do: 'wait' })['for'], desired: Desired, facts: Facts): Facts {
  switch (reason) {
    case 'target':
      return { ...facts, seen: { state: 'exited', generation: 1, reason: 'host restarted' } };
    case 'retry':
      return { ...facts, mayRetry: true };
    case 'runtime':
      return { ...facts, runtime: 'installed' };
    case 'slot':
      return { ...facts, slotFree: true };
    case 'exit':
      return { ...facts, seen: { state: 'exited', generation: 1, reason: 'stopped' } };
    case 'newer-copy':
    case 'its-place':
      return facts;
    case 'link':
      return { ...facts, link: { connected: true, configuredGeneration: 0 }, enrolment: 'done' };
    case 'report':
      return { ...facts, report: { generation: desired.generation, settled: true } };
  }
}
