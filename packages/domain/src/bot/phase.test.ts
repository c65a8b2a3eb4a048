import fc from 'fast-check';
import { expect, test } from 'vitest';
import { phaseOf, type Observation, type ReportFacts } from './phase.ts';

const now = new Date('2026-11-23T10:00:00Z');
const ago = (seconds: number) => new Date(now.getTime() - seconds * 1000);
const saw = (source: 'gateway' | 'model', ok = true) => ({ source, ok, text: source, at: now.toISOString() });
const ready: ReportFacts = {
  generation: 3,
  state: 'ready',
  reason: 'Ready',
  steps: [],
  evidence: [saw('gateway'), saw('model')],
};
const base: Observation = {
  desired: 'running',
  generation: 3,
  modelCheck: true,
  runtimeVersion: '2026.9.6',
  seen: { state: 'running', generation: 1 },
  runtime: { phase: 'installed', message: '' },
  link: { connected: true, silentSince: ago(2) },
  report: ready,
  step: { do: 'rest' },
  now,
};

test.each<[string, Partial<Observation>, string, RegExp]>([
  ['gateway and model answered', {}, 'ready', /^Ready$/],
  ['the model has not answered', { report: { ...ready, evidence: [saw('gateway')] } }, 'starting', /model turn/],
  [
    'the model failed last',
    { report: { ...ready, evidence: [saw('gateway'), saw('model'), saw('model', false)] } },
    'starting',
    /model turn/,
  ],
  [
    'the model need not be asked',
    { modelCheck: false, report: { ...ready, evidence: [saw('gateway')] } },
    'ready',
    /^Ready$/,
  ],
  [
    'a gateway outlived its supervisor and should not',
    { desired: 'stopped', seen: { state: 'exited', generation: 1, reason: 'killed', orphan: true } },
    'stopping',
    /outlived/,
  ],
  [
    'a gateway outlived its supervisor and the bot should be paused',
    { desired: 'paused', seen: { state: 'absent', orphan: true } },
    'pausing',
    /outlived/,
  ],
  [
    'a gateway outlived its supervisor and the bot should be gone',
    { desired: 'destroyed', seen: { state: 'absent', orphan: true } },
    'destroying',
    /Removing/,
  ],
  [
    'its host obeys a newer copy',
    { link: { connected: false, silentSince: ago(2) }, declined: 'Its host obeys a newer copy of this Clawster' },
    'unknown',
    /newer copy/,
  ],
  ['its host still obeys this copy', { declined: 'Its host obeys a newer copy of this Clawster' }, 'ready', /^Ready$/],
  [
    'it was not found since a restore',
    { seen: { state: 'absent' }, step: { do: 'wait', for: 'its-place' } },
    'unknown',
    /redeploy it/,
  ],
  ['the gateway has not answered', { report: { ...ready, evidence: [saw('model')] } }, 'starting', /gateway to answer/],
  ['the report is of an older generation', { generation: 4 }, 'starting', /last change/],
  ['nothing was configured yet', { report: { ...ready, generation: 0 } }, 'starting', /configuration/],
  [
    'the gateway is warming',
    { report: { ...ready, state: 'warming', reason: 'Asking the model' } },
    'starting',
    /Asking the model/,
  ],
  [
    'the gateway is unwell',
    { report: { ...ready, state: 'degraded', reason: 'A channel is down' } },
    'degraded',
    /channel/,
  ],
  [
    'the gateway gave up',
    { report: { ...ready, state: 'failed', reason: 'Invalid config' } },
    'failed',
    /Invalid config/,
  ],
  [
    'the link dropped a moment ago',
    { link: { connected: false, silentSince: ago(10) } },
    'ready',
    /waiting for its link/,
  ],
  ['the link is silent for 46 s', { link: { connected: true, silentSince: ago(46) } }, 'unknown', /46 s/],
  [
    'it never dialled in',
    { report: undefined, link: { connected: false, silentSince: ago(300) } },
    'unknown',
    /5 min ago and has not/,
  ],
  [
    'it was just started',
    { report: undefined, link: { connected: false, silentSince: ago(3) } },
    'starting',
    /dial in/,
  ],
  [
    'the process is gone',
    { seen: { state: 'exited', generation: 1, reason: 'killed' }, step: { do: 'apply' } },
    'starting',
    /again: killed/,
  ],
  [
    'it crashes over and over',
    { seen: { state: 'exited', generation: 1, reason: 'killed' }, step: { do: 'wait', for: 'retry' } },
    'failed',
    /ended: killed/,
  ],
  [
    'OpenClaw is being installed',
    { seen: { state: 'absent' }, runtime: { phase: 'installing', message: 'Downloading', progress: 0.43 } },
    'installing',
    /Downloading \(43 %\)/,
  ],
  [
    'OpenClaw cannot be installed',
    { seen: { state: 'absent' }, runtime: { phase: 'failed', message: 'The registry cannot be reached' } },
    'failed',
    /registry/,
  ],
  ['others are starting', { seen: { state: 'absent' }, step: { do: 'wait', for: 'slot' } }, 'pending', /its turn/],
  [
    'a step failed',
    { seen: { state: 'absent' }, trouble: { message: 'No free port', nextTryAt: now } },
    'failed',
    /No free port/,
  ],
  [
    'the target cannot be asked but the bot answers',
    { seen: { state: 'unreachable', reason: 'x' }, trouble: { message: 'No Docker', nextTryAt: now } },
    'degraded',
    /No Docker/,
  ],
  [
    'the target cannot be asked after a step failed',
    {
      report: undefined,
      seen: { state: 'unreachable', reason: 'No engine' },
      trouble: { message: 'x', nextTryAt: now },
    },
    'unknown',
    /cannot be asked: No engine/,
  ],
  [
    'its engine ended with it, and does not answer',
    {
      report: { ...ready, state: 'stopped', reason: 'Stopped' },
      seen: { state: 'unreachable', reason: 'No engine' },
      link: { connected: false, silentSince: ago(3) },
    },
    'unknown',
    /cannot be asked: No engine/,
  ],
  ['it should be stopped and runs', { desired: 'stopped' }, 'stopping', /Stopping/],
  [
    'it should be stopped and does not run',
    { desired: 'stopped', seen: { state: 'exited', generation: 1, reason: '' } },
    'stopped',
    /kept/,
  ],
  ['it should be paused and has not said so', { desired: 'paused' }, 'pausing', /pause/],
  [
    'it should be paused and says so',
    { desired: 'paused', report: { ...ready, state: 'paused', reason: 'Paused; it takes no turns' } },
    'paused',
    /takes no turns/,
  ],
  [
    'it should be paused and does not run',
    { desired: 'paused', seen: { state: 'exited', generation: 1, reason: '' } },
    'paused',
    /does not run/,
  ],
  [
    'it should be paused and is silent',
    { desired: 'paused', link: { connected: false, silentSince: ago(46) } },
    'unknown',
    /Not heard/,
  ],
  ['it should be gone and is not', { desired: 'destroyed' }, 'destroying', /Removing/],
  ['it should be gone and is', { desired: 'destroyed', seen: { state: 'absent' } }, 'destroyed', /Destroyed/],
])('%s', (_, changes, phase, reason) => {
  const told = phaseOf({ ...base, ...changes });
  expect(told.phase).toBe(phase);
  expect(told.reason).toMatch(reason);
});

test('a failing step shows when it is tried again, a ready bot never does', () => {
  expect(phaseOf({ ...base, seen: { state: 'absent' }, trouble: { message: 'x', nextTryAt: now } }).nextTryAt).toBe(
    now.toISOString(),
  );
  expect(phaseOf(base).nextTryAt).toBeUndefined();
});

test('no state whatever is green without gateway and model seen, at this generation, heard within 45 s', () => {
  const anyReport = fc
    .record({
      generation: fc.integer({ min: 0, max: 4 }),
      state: fc.constantFrom('ready', 'starting', 'degraded', 'failed', 'paused', 'stopped', 'warming', 'stopping'),
      evidence: fc.array(fc.constantFrom(saw('gateway'), saw('model'), saw('gateway', false), saw('model', false)), {
        maxLength: 4,
      }),
    })
    .map((some) => ({ ...ready, ...some }) as ReportFacts);
  const anyObservation = fc
    .record({
      desired: fc.constantFrom('running', 'paused', 'stopped', 'destroyed'),
      report: fc.option(anyReport, { nil: undefined }),
      seen: fc.constantFrom(
        { state: 'absent' },
        { state: 'running', generation: 1 },
        { state: 'starting', generation: 1 },
        { state: 'exited', generation: 1, reason: 'x' },
        { state: 'unreachable', reason: 'x' },
      ),
      link: fc.record({ connected: fc.boolean(), silentSince: fc.integer({ min: 0, max: 100 }).map(ago) }),
    })
    .map((some) => ({ ...base, ...some }) as Observation);
  fc.assert(
    fc.property(anyObservation, (observation) => phaseOf(observation).phase !== 'ready' || mayBeGreen(observation)),
    { numRuns: 300 },
  );
}, 30_000);

function mayBeGreen({ desired, report, link }: Observation): boolean {
  const saw = (source: string) => report?.evidence.findLast((one) => one.source === source)?.ok === true;
  return (
    desired === 'running' &&
    report?.generation === 3 &&
    saw('gateway') &&
    saw('model') &&
    now.getTime() - link.silentSince.getTime() <= 45_000
  );
}
