/** A document on which OpenClaw's own judgement and ours are compared. */
export type Verdict = {
  what: string;
  document: Record<string, unknown>;
  /** Where the fault is, as we say it; OpenClaw says the same place, or the object that holds it. Absent when it is good. */
  path?: string;
};

/** A document on which they differ, because OpenClaw knows more, or other, than its schema says. */
export type KnownDifference = Verdict & { openclawTakesIt: boolean };

const agents = (defaults: unknown) => ({ agents: { defaults } });
const provider = (settings: unknown) => ({ secrets: { providers: { a: settings } } });
const channel = (name: string, settings: unknown) => ({ plugins: { enabled: true }, channels: { [name]: settings } });

/** Documents that a sound OpenClaw takes. */
const good: Verdict[] = [
  { what: 'nothing', document: {} },
  { what: 'a model by name', document: agents({ model: 'openai/gpt-5.4' }) },
  { what: 'a model with fallbacks', document: agents({ model: { primary: 'a/b', fallbacks: ['c/d'] } }) },
  { what: 'a free key with a dot', document: agents({ models: { 'openai/gpt-5.4': { alias: 'gpt' } } }) },
  { what: 'a heartbeat', document: agents({ heartbeat: { every: '30m', target: 'none' } }) },
  { what: 'an agent', document: { agents: { entries: { main: { identity: { name: 'Ada', emoji: '🦊' } } } } } },
  { what: 'a port at its upper end', document: { gateway: { port: 65_535 } } },
  {
    what: 'a token by reference',
    document: {
      gateway: { auth: { mode: 'token', token: { source: 'exec', provider: 'clawster', id: 'gateway-token' } } },
      secrets: { providers: { clawster: { source: 'exec', command: '/bin/true', args: [] } } },
    },
  },
  { what: 'tools by list', document: { tools: { allow: ['read'], deny: ['exec'], exec: { mode: 'deny' } } } },
  {
    what: 'a channel that needs its defaults',
    document: channel('telegram', { botToken: '1:x', dmPolicy: 'pairing' }),
  },
  { what: 'open messages for everybody', document: channel('telegram', { dmPolicy: 'open', allowFrom: ['*'] }) },
  { what: 'a channel with accounts', document: channel('discord', { accounts: { one: { token: 'x' } } }) },
  { what: 'an accent by theme', document: { ui: { prefs: { accent: 'theme' } } } },
  { what: 'a server of tools', document: { mcp: { servers: { files: { command: 'mcp-files', args: ['.'] } } } } },
  { what: 'a setting of a plugin', document: { plugins: { entries: { telegram: { enabled: false } } } } },
];

/** Documents with one fault. */
const bad: Verdict[] = [
  { what: 'an unknown key', document: agents({ modle: 'a/b' }), path: 'agents.defaults.modle' },
  { what: 'an unknown section', document: { agent: {} }, path: 'agent' },
  {
    what: 'an unknown key in a union',
    document: agents({ model: { primery: 'a/b' } }),
    path: 'agents.defaults.model.primery',
  },
  { what: 'a section that is null', document: { session: null }, path: 'session' },
  { what: 'a port as text', document: { gateway: { port: '18789' } }, path: 'gateway.port' },
  { what: 'a port too large', document: { gateway: { port: 65_536 } }, path: 'gateway.port' },
  { what: 'a wrong word', document: { gateway: { bind: 'lopback' } }, path: 'gateway.bind' },
  { what: 'a number for a secret', document: { gateway: { auth: { token: 5 } } }, path: 'gateway.auth.token' },
  {
    what: 'a reference without an id',
    document: { gateway: { auth: { token: { source: 'exec', provider: 'clawster' } } } },
    path: 'gateway.auth.token.id',
  },
  {
    what: 'a reference to an unknown kind of source',
    document: { gateway: { auth: { token: { source: 'vault', provider: 'x', id: 'y' } } } },
    path: 'gateway.auth.token.source',
  },
  { what: 'a list that is a text', document: { tools: { allow: 'read' } }, path: 'tools.allow' },
  { what: 'a list with a number', document: { tools: { allow: ['read', 5] } }, path: 'tools.allow.1' },
  {
    what: 'a channel with a wrong word',
    document: channel('telegram', { dmPolicy: 'opne' }),
    path: 'channels.telegram.dmPolicy',
  },
  {
    what: 'a channel with an unknown key',
    document: channel('telegram', { bottoken: 'x' }),
    path: 'channels.telegram.bottoken',
  },
  {
    what: 'a model without a name',
    document: { models: { providers: { x: { baseUrl: 'http://a', models: [{ id: 'y' }] } } } },
    path: 'models.providers.x.models.0.name',
  },
  { what: 'a colour that is none', document: { ui: { prefs: { accent: 'zzz' } } }, path: 'ui.prefs.accent' },
  {
    what: 'a secrets provider without a source',
    document: provider({}),
    path: 'secrets.providers.a.source',
  },
  { what: 'an address that is none', document: { gateway: { publicOrigin: 'nowhere' } }, path: 'gateway.publicOrigin' },
  {
    what: 'arguments that are a text',
    document: { mcp: { servers: { a: { command: 'x', args: 'y' } } } },
    path: 'mcp.servers.a.args',
  },
  {
    what: 'a plugin setting of the wrong type',
    document: { plugins: { entries: { browser: { enabled: 'yes' } } } },
    path: 'plugins.entries.browser.enabled',
  },
  { what: 'a variable that is a number', document: { env: { vars: { A: 1 } } }, path: 'env.vars.A' },
  { what: 'an old name of a section', document: { routing: {} }, path: 'routing' },
];

/** OpenClaw checks these in code; the gateway on the host refuses them before they are applied. */
const beyondTheSchema: KnownDifference[] = [
  { what: 'a channel that no plugin brings', document: channel('telegrm', {}), path: 'channels.telegrm' },
  {
    what: 'a command that is not absolute',
    document: provider({ source: 'exec', command: 'resolve' }),
    path: 'secrets.providers.a.command',
  },
  {
    what: 'a heartbeat that is no duration',
    document: agents({ heartbeat: { every: 'often' } }),
    path: 'agents.defaults.heartbeat.every',
  },
  {
    what: 'an origin with a path',
    document: { gateway: { publicOrigin: 'https://a.example/b' } },
    path: 'gateway.publicOrigin',
  },
  {
    what: 'tailscale and all interfaces',
    document: { gateway: { bind: 'lan', tailscale: { mode: 'serve' } } },
    path: 'gateway.bind',
  },
  {
    what: 'an avatar outside of the workspace',
    document: { agents: { entries: { main: { identity: { avatar: '/etc/passwd' } } } } },
    path: 'agents.entries.main.identity.avatar',
  },
  {
    what: 'a model policy without a model',
    document: agents({ modelPolicy: { allow: ['???'] } }),
    path: 'agents.defaults.modelPolicy.allow.0',
  },
  {
    what: 'two agents without an owner',
    document: { agents: { entries: { a: {}, b: {} } } },
    path: 'agents.ownership',
  },
  {
    what: 'a mode beside the policy it replaces',
    document: { tools: { exec: { mode: 'deny', security: 'full' } } },
    path: 'tools.exec.mode',
  },
].map((difference) => ({ ...difference, openclawTakesIt: false }));

/** OpenClaw rewrites old names while it reads; we want the document as it is meant. */
const oldNames: KnownDifference[] = [
  {
    what: 'the old list of agents',
    document: { agents: { list: [{ id: 'main' }] } },
    path: 'agents.list',
    openclawTakesIt: true,
  },
];

export const verdicts = [...good, ...bad];
export const knownDifferences = [...beyondTheSchema, ...oldNames];
