import type { Provider } from '@clawster/contract/connector';

/** Filled in by the supervisor, which alone knows its host. */
export const placeholder = {
  port: '${clawster:port}',
  modelUrl: '${clawster:modelUrl}',
  workspace: '${clawster:workspace}',
  logFile: '${clawster:logFile}',
  resolver: '${clawster:resolver}',
} as const;

/** Ids under which OpenClaw asks the supervisor's resolver for its secrets. */
export const secretId = { gatewayToken: 'gateway-token', modelKey: 'model-key' } as const;

export type Document = { [key: string]: unknown };
export type DocumentFacts = { botName: string; provider: Provider; model: string };

/** The whole OpenClaw configuration of a bot: its own settings below the baseline, which nothing can leave. */
export function openclawDocument(facts: DocumentFacts): Document {
  return withBaseline(ownSettings(facts));
}

/** Lays the enforced baseline over a document: where both set a value, the baseline's stands. */
export function withBaseline(document: Document): Document {
  return merge(document, baseline);
}

function ownSettings({ botName, provider, model }: DocumentFacts): Document {
  return {
    agents: {
      defaults: { model: { primary: `clawster/${model}` } },
      entries: { main: { skills: [], identity: { name: botName } } },
    },
    models: {
      providers: {
        clawster: {
          // The demo model speaks the OpenAI dialect.
          api: provider === 'anthropic' ? 'anthropic-messages' : 'openai-completions',
          models: [
            {
              id: model,
              name: model,
              input: ['text'],
              contextWindow: 128_000,
              maxTokens: 8_192,
              cost: { input: 0, output: 0, cacheRead: 0, cacheWrite: 0 },
            },
          ],
        },
      },
    },
  };
}

const secretRef = (id: string) => ({ source: 'exec', provider: 'clawster', id });

/**
 * What no bot can leave. OpenClaw's defaults are those of a personal assistant on its owner's machine; a
 * managed bot listens on loopback alone, calls home to nobody, and has no tool that was not given to it.
 */
export const baseline: Document = {
  gateway: {
    mode: 'local',
    port: placeholder.port,
    bind: 'loopback',
    auth: { mode: 'token', token: secretRef(secretId.gatewayToken) },
    controlUi: { enabled: false },
  },
  secrets: {
    // timeoutMs: the resolver is a Node process; on a busy machine its start alone outlasts OpenClaw's 5 s.
    providers: {
      clawster: {
        source: 'exec',
        command: placeholder.resolver,
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
        baseUrl: placeholder.modelUrl,
        apiKey: secretRef(secretId.modelKey),
        request: { allowPrivateNetwork: true },
      },
    },
  },
  // skipBootstrap: even an empty BOOTSTRAP.md would take over the bot's first reply. Heartbeats are paid model turns.
  agents: { defaults: { workspace: placeholder.workspace, skipBootstrap: true, heartbeat: { every: '0m' } } },
  // toolSearch: left on, tools hide behind a search. An allow-list, never a profile: profiles let in session and gateway tools.
  tools: {
    toolSearch: false,
    allow: ['read', 'session_status'],
    deny: [
      'gateway',
      'openclaw',
      'cron',
      'automations',
      'sessions_*',
      'sessions',
      'subagents',
      'agents_*',
      'conversations_*',
      'message',
      'nodes',
      'plugins',
      'portal',
      'secrets',
      'terminal',
      'exec',
      'process',
      'web_fetch',
    ],
    agentToAgent: { enabled: false },
    sessions: { visibility: 'self' },
    fs: { workspaceOnly: true },
    exec: { mode: 'deny' },
    web: { fetch: { enabled: false } },
  },
  cron: { enabled: false },
  // The default, `main`, lets everyone who writes to the bot share one conversation.
  session: { dmScope: 'per-channel-peer', notifyOnCreate: false },
  skills: { workshop: { autonomous: { mode: 'off' } } },
  plugins: { enabled: false },
  discovery: { mdns: { mode: 'off' } },
  update: { checkOnStart: false, auto: { enabled: false } },
  telemetry: { enabled: false },
  browser: { enabled: false },
  // The default log file is shared by all gateways of a host.
  logging: { file: placeholder.logFile, audit: { messages: 'all', executionIdentity: true } },
};

function merge(below: Document, above: Document): Document {
  const merged: Document = { ...below };
  for (const [key, value] of Object.entries(above)) {
    const lower = below[key];
    merged[key] = isDocument(value) && isDocument(lower) ? merge(lower, value) : value;
  }
  return merged;
}

export function isDocument(value: unknown): value is Document {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Why the model cannot be named in a document, or undefined when it can: `${…}` would be filled in by OpenClaw. */
export function whyNotModel(model: string): string | undefined {
  return /^[\w.:/@+-]+$/.test(model)
    ? undefined
    : `"${model}" is not a model's name: use letters, digits and . : / @ + - _`;
}
