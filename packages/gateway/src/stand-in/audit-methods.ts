import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { AuditEvent } from '../protocol.ts';
import { ok } from './method.ts';
import type { Call, Method } from './method.ts';
import type { StandInState } from './state.ts';

/** Writes down what was done; of conversations no more than their key, of what was said nothing. */
export function writeDown({ audit }: Pick<StandInState, 'audit'>, event: { action: string } & Partial<AuditEvent>) {
  audit.push({ sequence: audit.length + 1, eventId: randomUUID(), occurredAt: Date.now(), ...event });
}

/** What was done, the newest first. */
export const auditMethods: Record<string, Method> = {
  'audit.activity.list': {
    scope: 'read',
    params: z.strictObject({
      kind: z.enum(['agent_run', 'tool_action', 'message']).optional(),
      after: z.int().min(0).optional(),
      limit: z.int().min(1).max(500).optional(),
      cursor: z.string().min(1).optional(),
    }),
    handle: listActivity,
  },
};

const kinds: Record<string, string> = { agent_run: 'agent.run.', tool_action: 'tool.action.', message: 'message.' };

function listActivity({ params, state }: Call) {
  const {
    kind,
    after = 0,
    limit = 100,
    cursor,
  } = params as {
    kind?: string;
    after?: number;
    limit?: number;
    cursor?: string;
  };
  const found = state.audit
    .filter(({ action, occurredAt }) => action.startsWith(kinds[kind ?? ''] ?? '') && occurredAt >= after)
    .filter(({ sequence }) => cursor === undefined || sequence < Number(cursor))
    .toReversed();
  const events = found.slice(0, limit);
  return ok({ events, ...(found.length > limit ? { nextCursor: String(events.at(-1)?.sequence) } : {}) });
}
