import type { Document, Json } from '@clawster/contract/document';
import { guardedTools } from './tools.ts';

/** Filled in by the supervisor, which alone knows its host. */
export const placeholder = {
  port: '${clawster:port}',
  modelUrl: '${clawster:modelUrl}',
  telegramUrl: '${clawster:telegramUrl}',
  teamUrl: '${clawster:teamUrl}',
  bridge: '${clawster:bridge}',
  workspace: '${clawster:workspace}',
  logFile: '${clawster:logFile}',
  resolver: '${clawster:resolver}',
} as const;

/** Ids under which OpenClaw asks the supervisor's resolver for its secrets. */
export const secretId = { gatewayToken: 'gateway-token', modelKey: 'model-key' } as const;

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
    agentToAgent: { enabled: false },
    sessions: { visibility: 'self' },
    fs: { workspaceOnly: true },
    exec: { mode: 'deny' },
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

/** What is closed to every bot, whatever a layer allows: a denied tool never reaches the model. */
export const closedTools = [
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
];

/**
 * The baseline for a bot with these tools and plugins: what it was not given of the guarded tools is closed to it as well,
 * and no plugin runs but those of its channels and of its team.
 */
export function enforcedFor(allowed: readonly Json[], plugins: readonly string[] = []): Document {
  const guarded = guardedTools.filter((tool) => !allowed.includes(tool));
  const tools = baseline['tools'] as Document;
  return {
    ...baseline,
    ...(plugins.length > 0 ? { plugins: allowing(plugins) } : {}),
    tools: {
      ...tools,
      deny: { $add: [...closedTools, ...guarded] },
      web: { fetch: { enabled: allowed.includes('web_fetch') } },
    },
  };
}

/** slots: memory would come in by itself, and dream at night. */
function allowing(plugins: readonly string[]): Document {
  return { enabled: true, allow: [...plugins], slots: { memory: 'none' } };
}

/** What every bot has unless a layer says otherwise. */
export function defaultsFor(botName: string): Document {
  return {
    identity: { personality: defaultPersonality(botName) },
    openclaw: { tools: { allow: ['read', 'session_status'] } },
  };
}

function defaultPersonality(name: string): string {
  return [
    `You are ${name}, a friendly and capable assistant.`,
    'Answer plainly and briefly. Say when you are not sure, and ask when a question can be read in two ways.',
  ].join('\n');
}

/** Why the model cannot be named in a document, or undefined when it can: `${…}` would be filled in by OpenClaw. */
export function whyNotModel(model: string): string | undefined {
  return /^[\w.:/@+-]+$/.test(model)
    ? undefined
    : `"${model}" is not a model's name: use letters, digits and . : / @ + - _`;
}
