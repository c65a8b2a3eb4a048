import { createHash, randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { GatewayProblem } from '../protocol.ts';
import type { StandInState } from './state.ts';

/** The caller's connection, as far as a method may look at it. */
export type Connection = {
  scopes: string[];
  emit(event: string, payload: unknown): void;
  respond(id: string, outcome: Outcome): void;
};
export type Outcome = { ok: true; payload: unknown } | { ok: false; error: GatewayProblem };
export type Call = { id: string; params: Record<string, unknown>; state: StandInState; connection: Connection };
/** `params` in the words of the real gateway's refusals; undefined means that the answer is given later. */
export type Method = {
  scope: 'none' | 'read' | 'write' | 'admin';
  params: z.ZodType;
  handle(call: Call): Outcome | undefined;
};

const readable = new Set(['AGENTS.md', 'SOUL.md', 'IDENTITY.md', 'USER.md', 'MEMORY.md', 'BOOTSTRAP.md']);
const ok = (payload: unknown): Outcome => ({ ok: true, payload });
export const invalid = (message: string, details?: Record<string, unknown>): Outcome => ({
  ok: false,
  error: { code: 'INVALID_REQUEST', message, ...(details ? { details } : {}) },
});

const file = { agentId: z.string(), name: z.string() };
const AgentParams = z.strictObject({
  message: z.string(),
  idempotencyKey: z.string(),
  sessionKey: z.string().optional(),
  agentId: z.string().optional(),
  deliver: z.boolean().optional(),
  timeout: z.number().optional(),
  extraSystemPrompt: z.string().optional(),
  label: z.string().optional(),
  thinking: z.string().optional(),
  provider: z.string().optional(),
  model: z.string().optional(),
  inputProvenance: z.unknown().optional(),
  promptMode: z.string().optional(),
});

/** The methods we use, each as strict as the real one. Whatever is not here is refused as unknown. */
export const methods: Record<string, Method> = {
  health: {
    scope: 'none',
    params: z.strictObject({ probe: z.boolean().optional() }),
    handle: () => ok({ ok: true, ts: Date.now(), defaultAgentId: 'main', channels: {} }),
  },
  status: {
    scope: 'read',
    params: z.strictObject({}),
    handle: () => ok({ runtimeVersion: '2026.9.6', degradedSecretOwners: [], degradedPlugins: [] }),
  },
  'config.get': {
    scope: 'read',
    params: z.strictObject({}),
    handle: ({ state }) =>
      ok({
        path: state.configPath,
        exists: true,
        valid: state.issues.length === 0,
        hash: hashed(state.configText),
        issues: state.issues,
        warnings: [],
        legacyIssues: [],
        configRevisionHash: hashed(state.configText),
        appliedConfigHash: hashed(state.appliedText),
      }),
  },
  'config.patch': {
    scope: 'admin',
    params: z.strictObject({
      raw: z.string(),
      baseHash: z.string().optional(),
      note: z.string().optional(),
      replacePaths: z.array(z.string()).optional(),
    }),
    handle({ params, state }) {
      if (state.isReadOnly)
        return {
          ok: false,
          error: { code: 'UNAVAILABLE', message: 'ConfigReadOnlyError: Config is externally managed' },
        };
      if (params['baseHash'] === undefined)
        return invalid('config base hash required; re-run config.get and retry with baseHash');
      if (params['baseHash'] !== hashed(state.configText))
        return invalid('config changed since last load; re-run config.get and retry');
      return ok({ ok: true, noop: true, changedPaths: [], path: state.configPath });
    },
  },
  'secrets.reload': {
    scope: 'admin',
    params: z.strictObject({}),
    handle: ({ state }) => ok({ ok: true, warningCount: state.reloadSecrets() }),
  },
  'sessions.subscribe': { scope: 'read', params: z.strictObject({}), handle: () => ok({ subscribed: true }) },
  'sessions.delete': {
    scope: 'admin',
    params: z.strictObject({ key: z.string(), deleteTranscript: z.boolean().optional() }),
    handle: ({ params, state }) =>
      ok({ ok: true, key: params['key'], deleted: state.sessions.delete(String(params['key'])) }),
  },
  'agents.files.get': {
    scope: 'read',
    params: z.strictObject(file),
    handle({ params, state }) {
      const refusal = whyNotFile(params);
      if (refusal) return refusal;
      const content = state.files.get(String(params['name']));
      return ok({
        agentId: 'main',
        file:
          content === undefined ? { name: params['name'], missing: true } : fileFacts(String(params['name']), content),
      });
    },
  },
  'agents.files.set': {
    scope: 'admin',
    params: z.strictObject({ ...file, content: z.string(), expectedHash: z.string().optional() }),
    handle({ params, state }) {
      const refusal = whyNotFile(params);
      if (refusal) return refusal;
      const name = String(params['name']);
      const current = state.files.get(name);
      const currentHash = current === undefined ? undefined : sha256(current);
      if (params['expectedHash'] !== undefined && params['expectedHash'] !== currentHash)
        return invalid(`agent file "${name}" changed`, { type: 'agent_file_conflict', currentHash });
      state.files.set(name, String(params['content']));
      return ok({ ok: true, agentId: 'main', file: fileFacts(name, String(params['content'])) });
    },
  },
  'chat.history': {
    scope: 'read',
    params: z.strictObject({ sessionKey: z.string(), limit: z.int().optional() }),
    handle: ({ params, state }) =>
      ok({
        sessionKey: params['sessionKey'],
        messages: (state.sessions.get(String(params['sessionKey'])) ?? []).slice(-Number(params['limit'] ?? 200)),
        hasMore: false,
      }),
  },
  'chat.abort': {
    scope: 'write',
    params: z.strictObject({ sessionKey: z.string(), runId: z.string().optional() }),
    handle({ params, state }) {
      const runIds = [...state.runs.values()]
        .filter(
          (run) =>
            run.sessionKey === params['sessionKey'] && (params['runId'] ?? run.runId) === run.runId && !run.isOver,
        )
        .map((run) => run.runId);
      for (const runId of runIds) state.runs.get(runId)?.abort.abort();
      return ok({ ok: true, aborted: runIds.length > 0, runIds });
    },
  },
  'agent.wait': {
    scope: 'write',
    params: z.strictObject({ runId: z.string(), timeoutMs: z.number().optional() }),
    handle({ id, params, state, connection }) {
      const run = state.runs.get(String(params['runId']));
      const late = new Promise((resolve) => {
        setTimeout(resolve, Number(params['timeoutMs'] ?? 30_000));
      }).then(() => undefined);
      void Promise.race([run?.settled ?? late, late]).then((result) =>
        connection.respond(id, ok(result ?? { runId: params['runId'], status: 'timeout' })),
      );
      return undefined;
    },
  },
  agent: {
    scope: 'write',
    params: AgentParams,
    handle({ id, params, state, connection }) {
      const { agentId = 'main', idempotencyKey: runId, message, ...rest } = AgentParams.parse(params);
      if (agentId !== 'main') return invalid(`invalid agent params: unknown agent id "${agentId}"`);
      const sessionKey = rest.sessionKey ?? `agent:main:explicit:${runId}`;
      if (state.runs.has(runId)) return ok({ runId, sessionKey, agentId: 'main', status: 'in_flight' });
      connection.respond(id, ok({ runId, sessionKey, agentId: 'main', status: 'accepted', acceptedAt: Date.now() }));
      state.startRun({ runId, sessionKey, message }, (outcome) => connection.respond(id, outcome));
      return undefined;
    },
  },
};

function whyNotFile(params: Record<string, unknown>): Outcome | undefined {
  if (params['agentId'] !== 'main') return invalid(`agent "${String(params['agentId'])}" not found`);
  return readable.has(String(params['name'])) ? undefined : invalid(`unsupported file "${String(params['name'])}"`);
}

function fileFacts(name: string, content: string) {
  return {
    name,
    missing: false,
    size: Buffer.byteLength(content),
    updatedAtMs: Date.now(),
    content,
    hash: sha256(content),
  };
}

function sha256(text: string) {
  return createHash('sha256').update(text).digest('hex');
}

const key = randomUUID();
function hashed(text: string) {
  return `hmac-sha256:v1:${createHash('sha256')
    .update(key + text)
    .digest('base64url')}`;
}
