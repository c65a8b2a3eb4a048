import { z } from 'zod';
import { auditMethods } from './audit-methods.ts';
import { channelMethods } from './channel-methods.ts';
import { configMethods } from './config-methods.ts';
import { fileMethods } from './file-methods.ts';
import { ok } from './method.ts';
import type { Method } from './method.ts';
import { runMethods } from './run-methods.ts';

/** The methods we use, each as strict as the real one. Whatever is not here is refused as unknown. */
export const methods: Record<string, Method> = {
  health: {
    scope: 'none',
    params: z.looseObject({}),
    handle: () => ok({ ok: true, ts: Date.now(), durationMs: 1, defaultAgentId: 'main', channels: {} }),
  },
  status: {
    scope: 'read',
    params: z.looseObject({}),
    handle: () => ok({ runtimeVersion: '2026.9.6', degradedSecretOwners: [], degradedPlugins: [] }),
  },
  ...auditMethods,
  ...channelMethods,
  ...configMethods,
  ...fileMethods,
  ...runMethods,
};
