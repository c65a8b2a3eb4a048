import { keep } from '../change.ts';
import type { ControlPlane } from '../plane.ts';
import { forgetKeys } from './idempotency.queries.ts';

/** Forgets the Idempotency-Keys whose time is up. */
export async function forgetIdempotencyKeys(plane: ControlPlane, signal: AbortSignal): Promise<void> {
  while (!signal.aborted && (await keep(plane, forgetKeys)) > 0);
}
