import type { GatewayState, Report } from '@clawster/link/report';

type Evidence = Report['evidence'][number];
type Step = Report['steps'][number];

/** What the supervisor knows of its bot, told whole at every change. */
export type Status = {
  report(): Report;
  set(state: GatewayState, reason: string): void;
  generation(generation: number): void;
  evidence(source: Evidence['source'], ok: boolean, text: string): void;
  step(name: Step['name'], state: Step['state'], detail?: string): void;
  /** Nothing runs: what was seen of the gateway holds no longer. */
  stopped(reason: string): void;
  restarted(): void;
  nextTryAt(time: number | undefined): void;
  memory(bytes: number): void;
  gatewayVersion(version: string): void;
  state(): GatewayState;
};

const waiting: Step[] = [
  { name: 'gateway', state: 'waiting' },
  { name: 'model', state: 'waiting' },
];

export function createStatus(onChange: (report: Report) => void): Status {
  let current: Report = {
    generation: 0,
    state: 'stopped',
    reason: 'Waiting for its configuration',
    since: now(),
    restartCount: 0,
    evidence: [],
    steps: waiting,
  };
  const change = (next: Partial<Report>) => {
    current = { ...current, ...next };
    onChange(current);
  };
  const sinceOf = (state: GatewayState) => (state === current.state ? current.since : now());
  return {
    report: () => current,
    state: () => current.state,
    set(state, reason) {
      if (state !== current.state || reason !== current.reason) change({ state, reason, since: sinceOf(state) });
    },
    stopped(reason) {
      delete current.memoryBytes;
      change({ state: 'stopped', reason, since: sinceOf('stopped'), steps: waiting });
    },
    generation: (generation) => change({ generation }),
    evidence(source, ok, text) {
      // The latest of each source says it; of the supervisor, the last few.
      const kept = current.evidence
        .filter((one) => one.source !== source)
        .concat(source === 'supervisor' ? current.evidence.filter((one) => one.source === source).slice(-2) : []);
      change({ evidence: [...kept, { source, ok, text, at: now() }] });
    },
    step(name, state, detail) {
      const steps = current.steps.map((step): Step => (step.name === name ? nextStep(step, state, detail) : step));
      change({ steps });
    },
    restarted: () => change({ restartCount: current.restartCount + 1 }),
    nextTryAt(time) {
      const { nextTryAt: _, ...rest } = current;
      current = time === undefined ? rest : { ...rest, nextTryAt: new Date(time).toISOString() };
      onChange(current);
    },
    memory(bytes) {
      // Changes all the time: goes with the next heartbeat.
      current = { ...current, memoryBytes: bytes };
    },
    gatewayVersion: (version) => change({ gatewayVersion: version }),
  };
}

function nextStep(step: Step, state: Step['state'], detail: string | undefined): Step {
  const next: Step = { name: step.name, state, ...(detail ? { detail } : {}) };
  if (state === 'waiting') return next;
  const startedAt = state === 'running' ? now() : step.startedAt;
  if (startedAt) next.startedAt = startedAt;
  if (state !== 'running') next.endedAt = now();
  return next;
}

function now() {
  return new Date().toISOString();
}
