import { isDatabaseAway, whyReadOnly } from '@clawster/database/away';
import type { ControlPlane } from '../plane.ts';

type Held = { reason: string; failedAtMs: number };
const held = new WeakMap<ControlPlane['db'], Held>();

/** A small write may succeed on a disk that is full for a larger one: the mode is left only after some calm. */
const calmMs = 10_000;

/** Why the database takes no change just now, or undefined when it does. */
export function readOnlyReason({ db }: Pick<ControlPlane, 'db'>): string | undefined {
  return held.get(db)?.reason;
}

/** Learns from each transaction that may write how the database is: nobody has to ask it, and it recovers by itself. */
export async function watchingWrites<T>({ db }: Pick<ControlPlane, 'db'>, write: () => Promise<T>): Promise<T> {
  try {
    const answer = await write();
    const before = held.get(db);
    if (before && performance.now() - before.failedAtMs > calmMs) held.delete(db);
    return answer;
  } catch (error) {
    const reason = whyReadOnly(error);
    if (reason) held.set(db, { reason, failedAtMs: performance.now() });
    throw error;
  }
}

/** Does what is good to have and no reason to fail a request that reads: it is left out while nothing can be written. */
export async function ifWritable(plane: Pick<ControlPlane, 'db'>, write: () => Promise<unknown>): Promise<void> {
  if (readOnlyReason(plane)) return;
  await write().catch((error: unknown) => {
    if (!whyReadOnly(error) && !isDatabaseAway(error)) throw error;
  });
}
