import { randomUUID } from 'node:crypto';
import type { Bot, BotPhase, BotStep } from '@clawster/contract/bot';
import type { Connector } from '@clawster/contract/connector';
import type { Target } from '@clawster/contract/target';

export const ago = (seconds: number) => new Date(Date.now() - seconds * 1000).toISOString();

export const machine: Target = {
  id: randomUUID(),
  name: 'This machine',
  kind: 'process',
  botCount: 0,
  orphans: [],
  health: { ok: true, message: '11 GB of memory free: room for 5 more bots', checkedAt: ago(40) },
  createdAt: ago(86_400),
};
/** Another place, where bots can be moved to. */
export const rack: Target = {
  id: randomUUID(),
  name: 'Rack in the cellar',
  kind: 'docker',
  orphans: [{ botId: '0f0c2a52-6f7e-4c0c-8a52-5c1c6d1b7e11', name: 'stray' }],
  botCount: 0,
  health: { ok: true, message: '24 GB of memory free: room for 12 more bots', checkedAt: ago(40) },
  createdAt: ago(86_400),
};
export const demo: Connector = {
  id: randomUUID(),
  name: 'Demo model',
  kind: 'model-provider',
  provider: 'demo',
  model: 'demo',
  models: [{ id: 'demo', inputs: ['text'] }],
  retries: 2,
  fallbacks: [],
  hasApiKey: false,
  botCount: 0,
  bots: [],
  createdAt: ago(86_400),
  updatedAt: ago(86_400),
};

const reasons: Record<BotPhase, string> = {
  pending: 'Waiting for its turn to start',
  installing: 'Installing OpenClaw 2026.9.6 (42 %)',
  starting: 'Waiting for the gateway to answer',
  ready: 'The gateway answered and a model turn came back',
  degraded: 'The model answered 401: the key of "OpenAI" is refused',
  pausing: 'Waiting for its supervisor to pause it',
  paused: 'Paused: it takes no turns until it is resumed',
  stopping: 'Stopping the gateway',
  stopped: 'Stopped; its state is kept',
  failed: 'The gateway ended with code 1 three times: port 41021 is taken',
  unknown: 'Not heard from for 4 min; last seen ready',
  destroying: 'Being destroyed',
  destroyed: 'Destroyed',
};

/** A bot in a phase, with what would have been seen of it. */
export function makeBot(name: string, phase: BotPhase, sinceSeconds = 120): Bot {
  return {
    id: randomUUID(),
    name,
    targetId: machine.id,
    targetName: machine.name,
    connectorName: demo.name,
    labels: {},
    generation: 1,
    spec: {
      desired: desiredIn(phase),
      runtimeVersion: '2026.9.6',
      connectorId: demo.id,
      model: 'demo',
      personality: `You are ${name}.\n\n- Be warm, brief and practical.`,
      memoryBytesMax: 2_000_000_000,
      diskBytesMax: 5_000_000_000,
      modelCheck: true,
      disconnect: 'keep',
      drift: 'revert',
      capture: 'inherit',
      profileIds: [],
      settings: {},
    },
    status: {
      phase,
      reason: reasons[phase],
      since: ago(sinceSeconds),
      observedGeneration: 1,
      restartCount: phase === 'failed' ? 3 : 0,
      evidence: [
        {
          source: 'target',
          ok: phase !== 'failed',
          text: phase === 'failed' ? 'The process ended with code 1' : 'The process runs (pid 4711)',
          at: ago(20),
        },
        {
          source: 'gateway',
          ok: phase === 'ready' || phase === 'degraded',
          text: 'Health answered in 12 ms',
          at: ago(15),
        },
        {
          source: 'model',
          ok: phase === 'ready',
          text: phase === 'degraded' ? 'Answered 401' : 'A turn came back in 0.8 s',
          at: ago(60),
        },
      ],
      steps: desiredIn(phase) === 'running' ? stepsOf(phase) : [],
      lastSeenAt: ago(5),
      ...(phase === 'ready' ? { memoryBytes: 812_000_000, diskBytes: 4_700_000_000, container } : {}),
      ...(phase === 'failed' ? { nextTryAt: ago(-90) } : {}),
    },
    createdAt: ago(7200),
    updatedAt: ago(60),
    ...(desiredIn(phase) === 'destroyed' ? { stateKeptUntil: ago(-6 * 86_400) } : {}),
  };
}

function desiredIn(phase: BotPhase): Bot['spec']['desired'] {
  if (phase === 'stopped' || phase === 'stopping') return 'stopped';
  if (phase === 'paused' || phase === 'pausing') return 'paused';
  return phase === 'destroyed' || phase === 'destroying' ? 'destroyed' : 'running';
}

const container = {
  memoryBytes: 934_000_000,
  memoryBytesMax: 2_750_000_000,
  cpus: 0.03,
  cpusMax: 2,
  processes: 61,
  processesMax: 512,
};

const stepNames: [BotStep['name'], string][] = [
  ['runtime', 'Install OpenClaw 2026.9.6'],
  ['supervisor', 'Start the supervisor'],
  ['link', 'Wait for the link'],
  ['gateway', 'Start the gateway'],
  ['model', 'Ask the model'],
];

/** The steps with so many done, the next one running or failed. */
export function stepsOf(
  phase: BotPhase,
  done = phase === 'ready' ? 5 : phase === 'degraded' ? 4 : phase === 'installing' ? 0 : 3,
): BotStep[] {
  return stepNames.map(([name, label], index) => {
    const state =
      index < done
        ? 'done'
        : index > done
          ? 'waiting'
          : phase === 'failed' || phase === 'degraded'
            ? 'failed'
            : 'running';
    const times =
      state === 'waiting'
        ? {}
        : { startedAt: ago(60 - index * 8), ...(state === 'done' ? { endedAt: ago(60 - index * 8 - 6) } : {}) };
    return {
      name,
      label,
      state,
      ...times,
      ...(state === 'running' ? { detail: 'Waiting for the gateway to answer on its loopback port' } : {}),
    };
  });
}

/** A fleet in which most are well, as fleets are. */
export function tenThousandBots(): Bot[] {
  const phases = [
    'ready',
    'ready',
    'ready',
    'ready',
    'ready',
    'ready',
    'stopped',
    'starting',
    'degraded',
    'ready',
  ] as const;
  return Array.from({ length: 10_000 }, (_, index) =>
    makeBot(
      `bot-${String(index).padStart(5, '0')}`,
      index === 77 ? 'failed' : (phases[index % phases.length] ?? 'ready'),
      index * 7,
    ),
  );
}
