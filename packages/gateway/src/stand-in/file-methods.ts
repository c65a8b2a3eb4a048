import { createHash } from 'node:crypto';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import type { Outcome } from './connection.ts';
import { invalid, ok } from './method.ts';
import type { Call, Method } from './method.ts';

const known = new Set(['AGENTS.md', 'SOUL.md', 'IDENTITY.md', 'USER.md', 'MEMORY.md', 'BOOTSTRAP.md']);
/** Files an agent may well be without. */
const optional = new Set(['USER.md', 'MEMORY.md', 'BOOTSTRAP.md']);
const file = { agentId: z.string().min(1), name: z.string().min(1) };

/** The files of the one agent's workspace. */
export const fileMethods: Record<string, Method> = {
  'agents.files.get': { scope: 'read', params: z.strictObject(file), handle: getFile },
  'agents.files.set': {
    scope: 'admin',
    params: z.strictObject({ ...file, content: z.string(), expectedHash: z.string().length(64).optional() }),
    handle: setFile,
  },
};

function getFile({ params, state }: Call): Outcome {
  const name = String(params['name']);
  const refusal = whyNotFile(params);
  if (refusal) return refusal;
  const content = state.files.get(name);
  const place = placeOf(state.configPath, name);
  if (content !== undefined) return ok({ ...place.agent, file: { ...place.file, ...factsOf(content) } });
  const absence = { missing: true, ...(optional.has(name) ? { expectedAbsent: true } : {}) };
  return ok({ ...place.agent, file: { ...place.file, ...absence } });
}

function setFile({ params, state }: Call): Outcome {
  const refusal = whyNotFile(params);
  if (refusal) return refusal;
  const name = String(params['name']);
  const content = String(params['content']);
  const current = state.files.get(name);
  const currentHash = current === undefined ? undefined : sha256(current);
  if (params['expectedHash'] !== undefined && params['expectedHash'] !== currentHash)
    return invalid(`agent file "${name}" changed`, { type: 'agent_file_conflict', currentHash });
  state.files.set(name, content);
  const place = placeOf(state.configPath, name);
  return ok({ ok: true, ...place.agent, file: { ...place.file, ...factsOf(content) } });
}

function whyNotFile({ agentId, name }: Record<string, unknown>): Outcome | undefined {
  if (agentId !== 'main') return invalid(`agent "${String(agentId)}" not found`);
  return known.has(String(name)) ? undefined : invalid(`unsupported file "${String(name)}"`);
}

function placeOf(configPath: string, name: string) {
  const workspace = join(dirname(configPath), 'workspace');
  return { agent: { agentId: 'main', workspace }, file: { name, path: join(workspace, name) } };
}

function factsOf(content: string) {
  return { missing: false, size: Buffer.byteLength(content), updatedAtMs: Date.now(), hash: sha256(content), content };
}

function sha256(text: string) {
  return createHash('sha256').update(text).digest('hex');
}
