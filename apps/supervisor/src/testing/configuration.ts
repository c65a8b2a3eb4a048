import { randomUUID } from 'node:crypto';
import { secretIds } from '@clawster/link/supervisor-methods';
import type { Configure } from '@clawster/link/supervisor-methods';

/** A configuration of the shape the control plane sends: the lean, closed document, secrets by reference. */
export function configuration(change: Partial<Configure> = {}): Configure {
  const reference = (id: string) => ({ source: 'exec', provider: 'clawster', id });
  return {
    generation: 1,
    desired: 'running',
    restartCount: 0,
    botName: 'Ada',
    document: {
      gateway: {
        mode: 'local',
        port: '${clawster:port}',
        bind: 'loopback',
        auth: { mode: 'token', token: reference(secretIds.gatewayToken) },
        controlUi: { enabled: false },
      },
      // Starting Node for the resolver takes more than the default 5 s on a busy machine.
      secrets: {
        providers: {
          clawster: {
            source: 'exec',
            command: '${clawster:resolver}',
            args: [],
            passEnv: ['PATH'],
            jsonOnly: true,
            timeoutMs: 60_000,
          },
        },
      },
      models: {
        mode: 'replace',
        catalogRefresh: { enabled: false },
        providers: {
          clawster: {
            baseUrl: '${clawster:modelUrl}',
            api: 'openai-completions',
            apiKey: reference(secretIds.modelKey),
            request: { allowPrivateNetwork: true },
            models: [
              {
                id: 'demo',
                name: 'demo',
                input: ['text'],
                contextWindow: 128_000,
                maxTokens: 8_192,
                cost: { input: 0, output: 0, cacheRead: 0, cacheWrite: 0 },
              },
            ],
          },
        },
      },
      agents: {
        defaults: {
          model: { primary: 'clawster/demo' },
          workspace: '${clawster:workspace}',
          skipBootstrap: true,
          heartbeat: { every: '0m' },
        },
        entries: { main: { skills: [] } },
      },
      tools: {
        toolSearch: false,
        allow: ['read', 'session_status'],
        agentToAgent: { enabled: false },
        sessions: { visibility: 'self' },
        fs: { workspaceOnly: true },
        exec: { mode: 'deny' },
      },
      cron: { enabled: false },
      session: { dmScope: 'per-channel-peer', notifyOnCreate: false },
      skills: { workshop: { autonomous: { mode: 'off' } } },
      plugins: { enabled: false },
      discovery: { mdns: { mode: 'off' } },
      update: { checkOnStart: false, auto: { enabled: false } },
      telemetry: { enabled: false },
      browser: { enabled: false },
      logging: { file: '${clawster:logFile}' },
    },
    files: {
      'SOUL.md': '# Soul\n\nYou are Ada, who speaks of the sea.\n',
      'IDENTITY.md': '# Identity\n\n- Name: Ada\n',
      'AGENTS.md': '# How Ada works\n',
    },
    skills: [],
    secrets: { [secretIds.gatewayToken]: `canary-gateway-${randomUUID()}` },
    model: { provider: 'demo', model: 'demo' },
    modelCheck: true,
    disconnect: 'keep',
    drift: 'revert',
    memoryBytesMax: 4_000_000_000,
    diskBytesMax: 5_000_000_000,
    runtimeVersion: '2026.9.6',
    channels: [],
    credentials: [],
    ...change,
  };
}
