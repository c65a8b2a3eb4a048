import type { Bot } from '@clawster/contract/bot';

/** A ready bot; tests say what is different. */
export function botOf(changes: Partial<Bot> & { phase?: Bot['status']['phase'] } = {}): Bot {
  const { phase = 'ready', ...rest } = changes;
  const at = '2026-01-01T00:00:00Z';
  return {
    id: '3f6f3f0e-6f43-4d53-9c38-111111111111',
    name: 'Ada',
    targetId: '3f6f3f0e-6f43-4d53-9c38-222222222222',
    targetName: 'This machine',
    connectorName: 'Demo',
    labels: {},
    generation: 1,
    createdAt: at,
    updatedAt: at,
    spec: {
      desired: 'running',
      runtimeVersion: '2026.9.6',
      connectorId: '3f6f3f0e-6f43-4d53-9c38-333333333333',
      model: 'demo',
      personality: '',
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
      reason: phase === 'ready' ? 'It answers' : `It is ${phase}`,
      since: at,
      evidence: [],
      steps: [],
      observedGeneration: 1,
      restartCount: 0,
    },
    ...rest,
  };
}
