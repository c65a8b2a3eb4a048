import { createHash, randomUUID } from 'node:crypto';
import { z } from 'zod';
import { invalid, ok } from './method.ts';
import type { Call, Method } from './method.ts';

/** Configuration and secrets. */
export const configMethods: Record<string, Method> = {
  'config.get': { scope: 'read', params: z.strictObject({}), handle: getConfig },
  'config.patch': {
    scope: 'admin',
    params: z.strictObject({
      raw: z.string().min(1),
      baseHash: z.string().optional(),
      note: z.string().optional(),
      replacePaths: z.array(z.string()).optional(),
    }),
    handle: patchConfig,
  },
  'secrets.reload': {
    scope: 'admin',
    params: z.looseObject({}),
    handle: reloadSecrets,
  },
};

function reloadSecrets({ id, state, connection }: Call): undefined {
  void state.reloadSecrets().then((warningCount) => connection.respond(id, ok({ ok: true, warningCount })));
}

/** A file that is refused has no revision: what was applied before goes on to hold. */
function getConfig({ state }: Call) {
  const valid = state.issues.length === 0;
  return ok({
    path: state.configPath,
    exists: true,
    valid,
    hash: hashed(`file ${state.configText}`),
    issues: state.issues,
    warnings: [],
    legacyIssues: [],
    configRevisionHash: valid ? hashed(state.configText) : null,
    appliedConfigHash: hashed(state.appliedText),
  });
}

function patchConfig({ params, state }: Call) {
  if (params['baseHash'] === undefined)
    return invalid('config base hash required; re-run config.get and retry with baseHash');
  if (params['baseHash'] !== hashed(`file ${state.configText}`))
    return invalid('config changed since last load; re-run config.get and retry');
  if (!state.isReadOnly) return ok({ ok: true, noop: true, changedPaths: [], path: state.configPath });
  const message = 'ConfigReadOnlyError: Config is externally managed (`OPENCLAW_CONFIG_READONLY=1`)';
  return { ok: false as const, error: { code: 'UNAVAILABLE', message } };
}

const key = randomUUID();
function hashed(text: string) {
  const digest = createHash('sha256')
    .update(key + text)
    .digest('base64url');
  return `hmac-sha256:v1:${digest}`;
}
