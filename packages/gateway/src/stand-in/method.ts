import type { z } from 'zod';
import type { Connection, Outcome } from './connection.ts';
import type { StandInState } from './state.ts';

export type Call = { id: string; params: Record<string, unknown>; state: StandInState; connection: Connection };

/** `params` refuses in the words of the real gateway; an answer of undefined is given later. */
export type Method = {
  scope: 'none' | 'read' | 'write' | 'admin';
  params: z.ZodType;
  handle(call: Call): Outcome | undefined;
};

export function ok(payload: unknown): Outcome {
  return { ok: true, payload };
}

export function invalid(message: string, details?: Record<string, unknown>): Outcome {
  return { ok: false, error: { code: 'INVALID_REQUEST', message, ...(details ? { details } : {}) } };
}
