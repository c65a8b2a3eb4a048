import { z } from 'zod';
import type { Outcome } from './connection.ts';
import { invalid, ok } from './method.ts';
import type { Call, Method } from './method.ts';
import { pageOf, sessionOf } from './session.ts';
import type { StandInState } from './state.ts';

const AgentParams = z.strictObject({
  message: z.string().min(1),
  idempotencyKey: z.string().min(1),
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

const ToolOverrides = z.strictObject({
  mcpServers: z.record(z.string().min(1), z.boolean()).optional(),
  mcpToolsDeny: z.record(z.string().min(1), z.array(z.string().min(1))).optional(),
});

/** Runs, and the sessions they leave behind. */
export const runMethods: Record<string, Method> = {
  agent: { scope: 'write', params: AgentParams, handle: startRun },
  'agent.wait': {
    scope: 'write',
    params: z.strictObject({ runId: z.string().min(1), timeoutMs: z.number().optional() }),
    handle: waitForRun,
  },
  'chat.abort': {
    scope: 'write',
    params: z.strictObject({ sessionKey: z.string().min(1), runId: z.string().optional() }),
    handle: abortRuns,
  },
  'chat.history': {
    scope: 'read',
    params: z.strictObject({
      sessionKey: z.string().min(1),
      limit: z.int().min(1).max(1_000).optional(),
      offset: z.int().min(0).optional(),
      maxChars: z.int().min(1).max(500_000).optional(),
    }),
    handle: tellHistory,
  },
  'sessions.subscribe': {
    scope: 'read',
    params: z.strictObject({}),
    handle({ connection }) {
      connection.isSubscribed = true;
      return ok({ subscribed: true });
    },
  },
  'sessions.list': {
    scope: 'read',
    params: z.strictObject({
      limit: z.int().min(1).optional(),
      offset: z.int().min(0).optional(),
      sortBy: z.enum(['updatedAt', 'lastInteractionAt', 'activity']).optional(),
    }),
    handle: listSessions,
  },
  'sessions.create': {
    scope: 'write',
    params: z.strictObject({ key: z.string().min(1), toolOverrides: ToolOverrides.optional() }),
    handle: createSession,
  },
  'sessions.patch': {
    scope: 'admin',
    params: z.strictObject({ key: z.string().min(1), toolOverrides: ToolOverrides.optional() }),
    handle: patchSession,
  },
  'sessions.delete': {
    scope: 'admin',
    params: z.strictObject({ key: z.string().min(1), deleteTranscript: z.boolean().optional() }),
    handle: deleteSession,
  },
};

/** The same key again is the same run: under way, or with the answer it was given. */
function startRun({ id, params, state, connection }: Call): Outcome | undefined {
  const { agentId = 'main', idempotencyKey: runId, message, ...rest } = AgentParams.parse(params);
  if (agentId !== 'main') return invalid(`invalid agent params: unknown agent id "${agentId}"`);
  const sessionKey = rest.sessionKey ? wholeKey(rest.sessionKey) : `agent:main:explicit:${runId}`;
  const before = state.runs.get(runId);
  if (before) return before.answer ?? ok({ runId, status: 'in_flight', sessionKey, agentId: 'main' });
  connection.respond(id, ok({ runId, sessionKey, agentId: 'main', status: 'accepted', acceptedAt: Date.now() }));
  const request = { runId, sessionKey, message, starter: connection };
  state.startRun(request, (outcome) => connection.respond(id, outcome));
  return undefined;
}

function waitForRun({ id, params, state, connection }: Call): undefined {
  const { runId, timeoutMs = 30_000 } = params;
  const late = new Promise((resolve) => {
    setTimeout(resolve, Number(timeoutMs));
  }).then(() => undefined);
  void Promise.race([state.runs.get(String(runId))?.settled ?? late, late]).then((settled) =>
    connection.respond(id, ok(settled ?? { runId, status: 'timeout' })),
  );
  return undefined;
}

function abortRuns({ params, state }: Call): Outcome {
  const sessionKey = wholeKey(String(params['sessionKey']));
  const runs = [...state.runs.values()].filter(
    (run) => !run.answer && run.sessionKey === sessionKey && (params['runId'] ?? run.runId) === run.runId,
  );
  for (const run of runs) run.abort.abort();
  return ok({ ok: true, aborted: runs.length > 0, runIds: runs.map(({ runId }) => runId) });
}

function tellHistory({ params, state }: Call): Outcome {
  const sessionKey = String(params['sessionKey']);
  const key = wholeKey(sessionKey);
  const kept = state.sessions.get(key);
  if (!kept) return ok({ sessionKey, messages: [], hasMore: false, totalMessages: 0 });
  const page = pageOf(kept, { limit: Number(params['limit'] ?? 200), offset: Number(params['offset'] ?? 0) });
  const sessionInfo = { key, ...kept.standing, hasActiveRun: activeKeys(state).has(key) };
  return ok({ sessionKey, sessionId: kept.sessionId, ...page, sessionInfo });
}

function activeKeys({ runs }: StandInState): Set<string> {
  return new Set([...runs.values()].filter(({ answer }) => !answer).map(({ sessionKey }) => sessionKey));
}

/** Those that changed last first. */
function listSessions({ params, state }: Call): Outcome {
  const active = activeKeys(state);
  for (const key of active) sessionOf(state, key);
  const offset = Number(params['offset'] ?? 0);
  const sorted = [...state.sessions].toSorted(([, a], [, b]) => b.standing.updatedAt - a.standing.updatedAt);
  const sessions = sorted
    .slice(offset, offset + Number(params['limit'] ?? 100))
    .map(([key, { sessionId, standing }]) => ({
      key,
      sessionId,
      agentId: 'main',
      ...standing,
      hasActiveRun: active.has(key),
    }));
  const next = offset + sessions.length;
  const hasMore = next < sorted.length;
  return ok({
    ts: Date.now(),
    count: sessions.length,
    totalCount: sorted.length,
    hasMore,
    nextOffset: hasMore ? next : null,
    sessions,
  });
}

function createSession({ params, state }: Call): Outcome {
  const key = wholeKey(String(params['key']));
  const { sessionId, standing } = sessionOf(state, key);
  Object.assign(standing, { toolOverrides: params['toolOverrides'] });
  return ok({ ok: true, key, sessionId });
}

function patchSession({ params, state }: Call): Outcome {
  const key = wholeKey(String(params['key']));
  const session = state.sessions.get(key);
  if (!session) return invalid(`unknown session: ${key}`);
  Object.assign(session.standing, { toolOverrides: params['toolOverrides'], updatedAt: Date.now() });
  return ok({ ok: true, key });
}

function deleteSession({ params, state }: Call): Outcome {
  const key = wholeKey(String(params['key']));
  const deleted = state.sessions.delete(key);
  return ok({ ok: true, key, deleted, archived: deleted ? [`${key}.zst`] : [] });
}

function wholeKey(key: string) {
  return key.startsWith('agent:') ? key : `agent:main:${key}`;
}
