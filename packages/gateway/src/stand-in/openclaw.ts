import { execFile } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, watch, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { type StandIn, startStandIn } from '../stand-in.ts';
import type { StandInChannels } from './channels.ts';
import type { Fault } from './converse.ts';
import { httpModel } from './http-model.ts';
import type { StandInState } from './state.ts';

/** What `openclaw` is to a supervisor, without being it: reads the same file, asks the same resolver, ends with the same codes. */
type Reference = { source: string; provider: string; id: string };
type Config = {
  gateway?: { mode?: string; port?: number; auth?: { token?: Reference | string } };
  secrets?: { providers?: Record<string, { command?: string }> };
  models?: { providers?: Record<string, { baseUrl: string; apiKey: Reference | string; models: { id: string }[] }> };
  agents?: { defaults?: { workspace?: string } };
  channels?: Record<string, { botToken?: Reference; token?: Reference }>;
  /** A gateway that is `deaf` never answers. */
  env?: { STAND_IN?: string };
};
const roots = new Set([
  'gateway',
  'secrets',
  'models',
  'agents',
  'tools',
  'cron',
  'session',
  'skills',
  'plugins',
  'discovery',
  'update',
  'telemetry',
  'browser',
  'logging',
  'mcp',
  'channels',
  'env',
  'hooks',
  'proxy',
  'meta',
]);

const file = process.env['OPENCLAW_CONFIG_PATH'] ?? '';
const words = process.argv.slice(2).join(' ');
if (words === 'gateway run') await runGateway();
else if (words.startsWith('doctor --lint')) {
  console.log(
    JSON.stringify({
      schemaVersion: 1,
      ok: true,
      checksRun: 1,
      findings: [{ checkId: 'stand-in', severity: 'info', message: 'This is a stand-in' }],
    }),
  );
} else if (words.startsWith('doctor --fix')) {
  // As the real one may, it writes what it thinks into the configuration it is given.
  writeFileSync(file, JSON.stringify({ ...JSON.parse(readFileSync(file, 'utf8')), meta: { doctor: true } }));
  console.log(
    '◇  Doctor changes ───╮\n│                     │\n│  - Tightened        │\n│    permissions      │\n├─────────────────────╯',
  );
} else if (words.startsWith('doctor --session-sqlite'))
  console.log(JSON.stringify({ totals: { issues: 0, validatedEntries: 1 } }));
else if (words.startsWith('health') || words.startsWith('status')) console.log(JSON.stringify({ ok: true }));
else if (words.startsWith('config validate')) {
  // Keys named so are refused by the gateway alone.
  const issues = whyNotValid(readFileSync(file, 'utf8')).filter(({ message }) => !message.includes('unseen'));
  console.log(JSON.stringify({ valid: issues.length === 0, issues }));
} else end(1, `Unknown command: ${words}`);

async function runGateway() {
  const text = readFileSync(file, 'utf8');
  const issues = whyNotValid(text);
  if (issues[0])
    end(
      78,
      `Gateway failed to start: Invalid config at ${file}:\n${issues[0].path || '<root>'}: ${issues[0].message}\nRun "openclaw doctor --fix" to repair, then retry.`,
    );
  let config = JSON.parse(text) as Config;
  if (config.env?.STAND_IN === 'deaf') return void setInterval(() => {}, 60_000);
  if (config.gateway?.mode === undefined) end(78, 'Gateway start blocked: existing config is missing gateway.mode');
  const resolved = await resolveSecrets(config);
  if (!resolved.token) end(1, 'Startup failed: required secrets are unavailable.');
  let { modelKey } = resolved;
  const channels: StandInChannels = new Map();
  takeChannels(channels, config, resolved.values);

  const standIn = await startStandIn({
    port: config.gateway?.port ?? 0,
    token: resolved.token ?? '',
    model: (message, call) =>
      httpModel(message, {
        ...call,
        ...modelOf(config, modelKey),
        workspace: config.agents?.defaults?.workspace ?? '',
      }),
    state: {
      configPath: file,
      configText: text,
      appliedText: text,
      isReadOnly: process.env['OPENCLAW_CONFIG_READONLY'] === '1',
      channels,
      async reloadSecrets() {
        const next = await resolveSecrets(config);
        modelKey = next.modelKey;
        standIn.state.token = next.token ?? standIn.state.token;
        takeChannels(channels, config, next.values);
        return 0;
      },
    },
  }).catch((error: Error) => end(1, error.message));
  console.log(`[gateway] ready on port ${standIn.port}`);
  watchDocument(standIn.state, async (applied) => {
    config = applied;
    takeChannels(channels, config, (await resolveSecrets(config)).values);
  });
  watchFault(standIn);
  process.on('SIGTERM', () => void standIn.close().then(() => process.exit(0)));
}

/** Takes over what is written into the file, a while later as the real one does, unless it refuses it. */
function watchDocument(state: StandInState, onApplied: (config: Config) => Promise<void>) {
  watch(dirname(file), (_, name) => {
    if (name !== basename(file)) return;
    const text = readFileSync(file, 'utf8');
    state.configText = text;
    state.issues = whyNotValid(text);
    setTimeout(async () => {
      if (text !== state.configText || state.issues.length > 0) return;
      await onApplied(JSON.parse(text) as Config);
      state.appliedText = text;
    }, 200);
  });
}

/** Goes wrong as a file beside the configuration says, from the moment it is put there. */
function watchFault(standIn: StandIn) {
  watch(dirname(file), (_, name) => {
    if (name === 'fault.json') standIn.fault(JSON.parse(readFileSync(join(dirname(file), name), 'utf8')) as Fault);
  });
}

function whyNotValid(text: string): { path: string; message: string }[] {
  try {
    return Object.keys(JSON.parse(text) as object)
      .filter((key) => !roots.has(key))
      .map((key) => ({ path: '', message: `Unrecognized key: "${key}"` }));
  } catch (error) {
    return [{ path: '', message: error instanceof Error ? error.message : String(error) }];
  }
}

/** A channel starts anew with another token, as the real gateway's do. */
function takeChannels(channels: StandInChannels, config: Config, values: Record<string, string>) {
  const loaded = Object.entries(config.channels ?? {}).filter(([name]) => name === 'telegram' || hasPlugin(name));
  const wanted = Object.fromEntries(loaded);
  for (const name of channels.keys()) if (!Object.hasOwn(wanted, name)) channels.delete(name);
  for (const [name, { botToken, token = botToken }] of Object.entries(wanted)) {
    const before = channels.get(name);
    const value = token && values[token.id];
    if (before && before.token === value) continue;
    const linked = name === 'whatsapp' ? { linked: false } : {};
    channels.set(name, { token: value, lastStartAt: Date.now(), waiting: [], ...linked });
  }
}

/** As the real one does: what lies where its own installer puts it is its plugin. */
function hasPlugin(channel: string): boolean {
  const projects = join(process.env['OPENCLAW_STATE_DIR'] ?? '', 'npm', 'projects');
  return existsSync(projects) && readdirSync(projects).some((name) => name.startsWith(`openclaw-${channel}-`));
}

type Resolved = { token: string | undefined; modelKey: string; values: Record<string, string> };

async function resolveSecrets(config: Config): Promise<Resolved> {
  const token = config.gateway?.auth?.token;
  const modelKey = Object.values(config.models?.providers ?? {})[0]?.apiKey;
  const tokens = Object.values(config.channels ?? {}).map(({ botToken, token: own = botToken }) => own);
  const ids = [token, modelKey, ...tokens].flatMap((one) => (typeof one === 'object' ? [one.id] : []));
  const command = Object.values(config.secrets?.providers ?? {})[0]?.command;
  const values = command ? await askResolver(command, ids) : {};
  const valueOf = (one: Reference | string | undefined) => (typeof one === 'object' ? values[one.id] : one);
  return { token: valueOf(token), modelKey: valueOf(modelKey) ?? '', values };
}

function askResolver(command: string, ids: string[]): Promise<Record<string, string>> {
  return new Promise((resolve) => {
    const child = execFile(command, (_, stdout) => {
      try {
        resolve((JSON.parse(stdout) as { values: Record<string, string> }).values);
      } catch {
        resolve({});
      }
    });
    child.stdin?.end(JSON.stringify({ protocolVersion: 1, provider: 'clawster', ids }));
  });
}

function modelOf(config: Config, key: string) {
  const provider = Object.values(config.models?.providers ?? {})[0];
  return { baseUrl: provider?.baseUrl ?? '', key, model: provider?.models[0]?.id ?? '' };
}

function end(code: number, message: string): never {
  console.error(message);
  process.exit(code);
}
