import type { GatewayState, Report } from '@clawster/link/report';

type Evidence = Report['evidence'][number];
type Step = Report['steps'][number];

/** What the supervisor knows of its bot, told whole at every change. */
export type Status = {
  report(): Report;
  set(state: GatewayState, reason: string): void;
  /** Something that lets the bot work and not be well: while there is any, *ready* reads *degraded*, with this sentence. */
  impair(by: 'configuration' | 'disk' | 'drift' | 'channels' | 'team', sentence: string | undefined): void;
  /** What somebody else changed; undefined: nothing is left of it, and what was put back stays told. */
  drift(drift: Report['drift']): void;
  /** What is asked for; that another generation was refused is over with it. */
  generation(generation: number): void;
  /** The gateway was seen to be well with this generation, and runs by it. */
  applied(generation: number): void;
  /** What this generation asks for turned out bad. */
  refused(refused: NonNullable<Report['refused']>): void;
  /** How its channels are; undefined: nothing is known of them. */
  channels(channels: Report['channels']): void;
  /** What was found out of the credentials that are in force. */
  proofs(proofs: NonNullable<Report['proofs']>): void;
  evidence(source: Evidence['source'], ok: boolean, text: string): void;
  step(name: Step['name'], state: Step['state'], detail?: string): void;
  /** Nothing runs: what was seen of the gateway holds no longer. */
  stopped(state: GatewayState, reason: string): void;
  restarted(): void;
  nextTryAt(time: number | undefined): void;
  /** What it takes of its host; changes all the time, and goes with the next heartbeat. */
  measured(what: 'memoryBytes' | 'diskBytes', bytes: number): void;
  /** What its own container takes; goes with the next heartbeat, too. */
  container(use: Report['container']): void;
  gatewayVersion(version: string): void;
  /** As it was set, whatever impairs it. */
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
  const keep = (next: Report) => void (current = next);
  const change = (next: Partial<Report>) => {
    keep({ ...current, ...next });
    onChange(current);
  };
  const states = impairable(current, ({ state, reason }) => {
    if (state === current.state && reason === current.reason) return;
    change({ state, reason, since: state === current.state ? current.since : now() });
  });
  return {
    report: () => current,
    ...states,
    stopped(state, reason) {
      delete current.memoryBytes;
      change({ steps: waiting, applied: undefined });
      states.set(state, reason);
    },
    ...findings(() => current, change),
    ...outward(() => current, { change, keep }),
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
      current = rest;
      change(time === undefined ? {} : { nextTryAt: new Date(time).toISOString() });
    },
    gatewayVersion: (gatewayVersion) => change({ gatewayVersion }),
  };
}

/** What became of what was asked for, and of what was written. */
function findings(
  current: () => Report,
  change: (next: Partial<Report>) => void,
): Pick<Status, 'generation' | 'applied' | 'refused' | 'drift'> {
  return {
    generation(generation) {
      const { refused } = current();
      change({ generation, refused: refused?.generation === generation ? refused : undefined });
    },
    applied(generation) {
      const { applied, refused } = current();
      const stillRefused = refused?.generation === generation ? undefined : refused;
      if (applied?.generation === generation && stillRefused === refused) return;
      change({ applied: { generation, at: now() }, refused: stillRefused });
    },
    refused: (refused) => change({ refused }),
    drift(drift) {
      if (drift || current().drift?.reverted === false) change({ drift });
    },
  };
}

type State = { state: GatewayState; reason: string };

/** The state as it was set, and as it is told while something impairs it. */
function impairable(first: State, tell: (state: State) => void): Pick<Status, 'state' | 'set' | 'impair'> {
  let own = first;
  const impairments = new Map<string, string>();
  const tellNow = () => {
    if (own.state !== 'ready' || impairments.size === 0) return tell(own);
    tell({ state: 'degraded', reason: [...impairments.values()].join('. ') });
  };
  return {
    state: () => own.state,
    set(state, reason) {
      own = { state, reason };
      tellNow();
    },
    impair(by, sentence) {
      if (sentence === undefined) impairments.delete(by);
      else impairments.set(by, sentence);
      tellNow();
    },
  };
}

/** What changes all the time is kept, and goes with the next heartbeat. */
function outward(
  current: () => Report,
  { change, keep }: { change: (next: Partial<Report>) => void; keep: (next: Report) => void },
): Pick<Status, 'channels' | 'proofs' | 'measured' | 'container'> {
  return {
    channels(channels) {
      const { channels: before, ...report } = current();
      if (sayOf(channels) !== sayOf(before)) change({ channels });
      else keep(channels ? { ...report, channels } : report);
    },
    proofs(proofs) {
      if (JSON.stringify(proofs) !== JSON.stringify(current().proofs ?? [])) change({ proofs });
    },
    measured: (what, bytes) => keep({ ...current(), [what]: bytes }),
    container: (container) => keep({ ...current(), container }),
  };
}

function sayOf(channels: Report['channels']): string {
  return JSON.stringify(
    (channels ?? []).map(({ channel, account, state, detail, linkedAs }) => [
      channel,
      account,
      state,
      detail,
      linkedAs,
    ]),
  );
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
